"""Every kind of page, one model a file; Django finds them through `editorial.models`."""
