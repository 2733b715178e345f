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
    "p_kind:str jackknife, permutation, randomisation or cr1",
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
