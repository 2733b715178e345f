"""Nobody is certain of a count of a few events, whatever tables of the public are laid beside each other."""

import numpy as np
import pandas as pd
import pytest

from tests.support.long import long_after
from tools.attack import public_tables as attacker


@pytest.mark.parametrize("seed", long_after(1, [3, 11]))
def test_an_attacker_with_all_tables_is_certain_of_no_small_count(seed):
    """Tables of days, weeks, months and overlapping areas together; asked by integer programming."""
    score = attacker.attack(attacker.world_of(seed))
    assert score.asked > 200 and score.certain == 0
    assert score.month_shown > 0.75 * score.month_cells


def test_the_attacker_finds_what_blanking_told():
    """One burglary on the first of two days: a dash for it, no row for drugs, and of both days a 0, which is two at the most.

    By the rule that was, the dash is one at the least. With a second one on the next day, where there is a dash too, each is
    one for sure.
    """
    members = [frozenset({"high", "(impact)", "(all)"}), frozenset({"(rest)", "(all)"})]
    unknowns = attacker.Unknowns(members, ["Burglary", "Drugs"], [range(0, 1), range(1, 2)])
    here = [(p, g) for p in ("high", "(impact)", "(all)") for g in ("(all)", "Burglary")]
    columns = ["place", "group", "events", "hidden"]
    day = pd.DataFrame([(*h, np.nan, True) for h in here] + [("(rest)", "(all)", 0.0, False)], columns=columns)
    both = pd.DataFrame([(*h, 0.0, False) for h in [*here, ("(rest)", "(all)")]], columns=columns)
    none = pd.DataFrame([(p, "(all)", 0.0, False) for p in ("high", "(impact)", "(rest)", "(all)")], columns=columns)
    target = unknowns.row("high", {"Burglary"}, (0, 0))
    for second, certain in ((none, False), (day, True)):
        truth = np.array([1, int(certain), 0, 0, 0, 0, 0, 0])
        told = ((day, (0, 0)), (second, (1, 1)), (both, (0, 1)))
        rows = [r for table, period in told for r in attacker.known_by_blanking(table, unknowns, period)]
        assert attacker.Attacker(rows, truth).is_certain(target, 1) == certain
