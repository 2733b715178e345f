"""The bench: each job times ours and a rival in one run (`make bench`, `make bench JOB=…`)."""
