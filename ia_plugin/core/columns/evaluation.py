"""What the evaluation hands out: one table for every question."""

from .declaration import table

RESULTS = table(
    "results",
    "one estimate of the evaluation",
    "question:str baseline, displacement, association, demand, trial",
    "design:str how it was compared, such as two-way panel or ratio of ratios",
    "outcome:str key type, kind of event or measure of presence",
    "exposure:str what it is held against, such as adoption or ten more patrol hours",
    "measure:str rate_ratio, difference or correlation",
    "estimate:float best estimate; empty where it is withheld",
    "low:float lower limit of the interval",
    "high:float upper limit of the interval",
    "level:float level of the interval, 0 to 1",
    "p:float the one declared p",
    "p_kind:str jackknife, permutation, randomisation, cr1 or bootstrap",
    "p_holm:float? p adjusted for the number of exploratory comparisons (Holm); empty for a primary one",
    "reliability:float? share of the exposure, after areas and periods are taken out, that is not its own error",
    "primary:bool whether it was declared before the run",
    "smallest_detectable:float smallest change these data could have shown, 80 % power: a ratio above 1, a difference or a correlation",
    "e_value:float? how strongly something unseen would have to go with both to explain a ratio away",
    "areas:int areas that took part",
    "periods:int periods that took part",
    "events:float events that took part",
    "dispersion:float? how much more than chance the counts vary, 1 for chance alone",
    "caveats:str codes of what must be said beside it, blank between",
    "sentence:str the result in words",
    "reference:str where the method is published",
)

BALANCE = table(
    "balance",
    "one covariate of a matching",
    "covariate:str what the areas were made alike in",
    "impact_mean:float mean of the impact areas that take part",
    "comparison_mean_before:float mean of the comparison areas, each counting once",
    "comparison_mean_after:float mean of the comparison areas, by weight",
    "difference_before:float difference of the means over the spread of both groups",
    "difference_after:float the same difference by weight, over the same spread",
    "variance_ratio_before:float variance of the impact areas over that of the comparison areas",
    "variance_ratio_after:float the same, by weight",
)

RATES = table(
    "rates",
    "rate of an area or role, in all or in a part of the time",
    "place:str area id, or (impact), (comparison)",
    "name:str name in words",
    "role:str? role of the area",
    "split:str all, period, hours, unit, resource_type or mode: by what the rows of a place are told apart",
    "part:str the period, the hours of the day, the unit, the resource type or the mode; empty for all",
    "outcome:str what is counted",
    "amount:float hours or events",
    "per_day:float by day",
    "per_km2_day:float by km² and day",
    "per_1000_residents_day:float? by 1,000 residents and day",
)

TRIAL_DAYS = table(
    "trial_days",
    "area x operational day of a trial",
    "schedule:str first letters of the hash: rows of one draw have the same",
    "day:str the civil day on which the operational day begins, YYYY-MM-DD",
    "begins:time when it begins, UTC: 06:00 in civil time",
    "area_id:str the area",
    "name:str its name when it was drawn",
    "drawn:bool whether the area is to be visited that day",
    "areas_per_day:int areas drawn each day",
    "visit_minutes:float minutes of presence planned in a drawn area",
    "most_drained:float per cent of officer time that undrawn areas may lose before no effect is stated",
    "outcomes:str what is counted, declared before the first day, with commas",
    "seed:int what the draw comes from",
    "timezone:str civil time of the days",
    "drawn_at:time when it was drawn, UTC",
    "hash:str SHA-256 of the schedule, names of areas left out",
)
