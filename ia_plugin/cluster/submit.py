"""The program that spark-submit is given: ``spark-submit --py-files ia_plugin.zip submit.py plan.toml [NAME=value ...]``."""

import sys

from ia_plugin.cluster.job import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
