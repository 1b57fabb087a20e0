"""Plain mode: the guide, the import and the profiles as questions and answers, line by line.

Nothing is redrawn, framed or coloured, every choice is a number, and the transcript makes sense when it is read from
top to bottom: for screen readers and braille lines, for terminals that draw nothing, and for pipes.
"""
