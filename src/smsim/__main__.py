"""The command `smsim`, also as `python -m smsim`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command and leave with its exit status: 0 done, 2 bad input, 1 something failed, 130 interrupted."""
    try:
        from smsim.cli.app import app

        app(prog_name="smsim")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        from smsim.cli.guard import close_pipe

        close_pipe()


if __name__ == "__main__":
    main()
