"""Basics that every other part may use and that import none of them: secrets, errors, paths, text, languages."""
