"""What the parts of smsim are held to, for anybody's own parts: `smsim check FILE.py` tries them, or a test of one's own does.

    from smsim.testing import promises

    def test_my_practice_keeps_what_it_promises():
        assert [str(one) for one in promises("outlook.py") if one.broken] == []
"""

from smsim.testing.comparing import changed, differing, snapshot, watch
from smsim.testing.muting import muted
from smsim.testing.promises import Promise, promises

__all__ = ["Promise", "changed", "differing", "muted", "promises", "snapshot", "watch"]
