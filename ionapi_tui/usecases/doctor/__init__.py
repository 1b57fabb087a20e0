"""What is right and wrong with this machine, layer by layer, in a report that may be shown to anybody.

A report is made of our own sentences, numbers, versions and the names of variables. What could tell whose machine it
is (paths outside the program's own folder, host names, profile names, what stores answer) never becomes part of it.
"""
