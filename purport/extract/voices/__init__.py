"""Whose voice each block is, by its layout alone: turns, quotations that are set in, mail, statements, tables.

Found before any rule of language runs. A layout that is seen and not resolved is somebody's, not known whose, and never
the text's own.
"""
