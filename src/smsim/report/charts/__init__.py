"""The pictures of a report, one file each: tables in, an Altair chart out."""
