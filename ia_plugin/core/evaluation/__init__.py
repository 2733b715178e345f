"""One question a file: baseline, displacement, association, demand, matching."""
