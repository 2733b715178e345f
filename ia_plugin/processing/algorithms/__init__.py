"""The algorithms, one file each, and nothing else; what they share stands beside this folder."""
