"""Finding secrets of ION API in plain text, by the content of files and not by their names."""
