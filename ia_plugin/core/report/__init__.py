"""The technical report: questions 1 to 8 in order, each in words, pictures and a table, and all that they rest on."""
