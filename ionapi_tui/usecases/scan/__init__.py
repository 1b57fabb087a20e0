"""Looking for secrets of ION API that lie around in plain text, by what is in files and not by their names."""
