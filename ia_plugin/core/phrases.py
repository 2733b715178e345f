"""What a short text of a system says of some phrases: whether each is asserted, denied, or left open.

A status, a kind of record or "who reported it" is a few words: "Cancelled - no reply", "Not deleted/cancelled", "Duplicate
check: none". A phrase counts as whole words. What is said of it hangs on its own clause:

- a negation reaches the phrase it stands before, over words that carry nothing ("not yet formally cancelled"), and on over
  "or", "nor" and "/" to the next ("not deleted or void"); it does not reach past a dash, a stop, a colon or a "but";
- a phrase may head a question, answered behind it ("Deleted: no", "Void check passed");
- what is only possible, asked for or yet to come ("possible duplicate", "awaiting cancellation") is left open, as is a
  phrase behind a negation of something else ("not needed cancelled").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Optional

ASSERTED, DENIED, OPEN = "asserted", "denied", "open"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _answers(text: str) -> tuple[tuple[str, ...], ...]:
    """Answers, parted by commas, as tuples of words; the longest first."""
    return tuple(sorted((tuple(a.split()) for a in text.split(",")), key=len, reverse=True))


_NEGATIONS = _words(
    "not never no non nor neither cannot without unlikely hardly nothing none zero 0 except excluding "
    "nicht kein keine niet geen ikke inte nao pas nie heb"
)
_CONTRACTED = re.compile(r"(?:did|does|do|is|was|are|were|has|have|had|wo|ca|could|should|would|ai)n'?t|n'.+")
_PREFIXES = _words("non anti re self")  # a dash behind one joins, however it is written
# Words between a negation, or a doubt, and its phrase that change nothing.
EMPTY = _words(
    "a an the as be been being yet to was were is are has have had ever any longer now since need get got go going do for of in it this that "
    "marked flagged shown recorded treated considered deemed listed classed classified regarded confirmed proven proved established believed thought found appear appears seem seems like "
    "evidence sign trace indication record known such other further than est ete een ein eine ist wurde e es ha sido foi stato stata"
)
_DOUBTS = _words(
    "possible possibly potential potentially suspected probable probably likely perhaps maybe may might could should would will if whether unless "
    "until pending awaiting await request requests requested requesting recommend recommended recommending proposed consider considering query "
    "check checks checked checking before after following despite instead previously formerly originally initially almost nearly wrongly incorrectly mistakenly erroneously"
)
_UNDOING = _words(
    "refused rejected denied declined overturned reversed revoked rescinded undone overruled dismissed lifted removed cleared"
)
_STOPS = _words("but so then therefore hence because although though however while")
_CHECKS = _words("check checks checked test tests search searches query review screening enquiry")
_FIELDS = _words("flag flags status indicator marker field state")
_BEHIND = _words("was were is are has have had been being now later by request requests application decision result results outcome complete completed done made run")  # fmt: skip
_WAITING = _words(
    "pending requested proposed considered sought queried disputed unconfirmed awaited required needed recommended possible"
)
_MISTAKES = (("in", "error"), ("by", "mistake"))
_GRANTED = _words(
    "confirmed proven proved established verified approved authorised authorized granted accepted agreed actioned made done"
)
_NO = _answers("no,n,false,f,0,none,nil,null,n a,na,not applicable,negative,never,not yet,none found,off,unticked,nein,non,nee,nao")  # fmt: skip
_YES = _answers("yes,y,true,t,1,x,on,ticked,confirmed,ja,oui,si,sim")
_UNKNOWN = _answers("unknown,not known,unsure,not sure,not stated,maybe,possibly,tbc")
_CLEAR = _answers("passed,pass,clear,ok,okay,clean,not found,nothing,nothing found,no match,no matches")  # of a check

_TRUE = _words("yes y true t 1 1.0 -1 -1.0 x on ✓ ✔ ☑ ja j oui si sim tak wahr vrai vero verdadero")
_FALSE = _words("no n false f 0 0.0 off ☐ nein non nee nao nie falsch faux falso")

_WORD = re.compile(r"\d+(?:\.\d+)?(?![^\W_])|[^\W_]+(?:'[^\W_]+)*")
_DASHES = "-‐‑‒–—―−﹘﹣－"
_BREAK = re.compile(r"[;:=()\[\]{}|!<>→\n]|\.(?=\s|$)|\.{2,}")
_SPACED = re.compile(rf"\s[{_DASHES}~]|[{_DASHES}~]\s|[—―]|[{_DASHES}]{{2,}}")


def yes_or_no(value: object) -> Optional[bool]:
    """What a flag says: True, False, or None where it is neither.

    >>> [yes_or_no(v) for v in ("Y", "false", 1.0, "-1", "Sí", "Open", "")]
    [True, False, True, True, True, None, None]
    """
    word = _bare(str(value)).strip()
    return True if word in _TRUE else False if word in _FALSE else None


class Found(NamedTuple):
    """A phrase in a text: from which word to which (exclusive), what it means by its table, and what is said of it."""

    start: int
    end: int
    phrase: str
    meaning: str
    verdict: str


@dataclass(frozen=True)
class Clauses:
    """The words of a text and what stands before each, and behind the last: "" or one of ``/ , ? |`` (a break)."""

    words: tuple[str, ...]
    gaps: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Clauses:
        """A text cut into words: lower case, without accents; "NotCancelled" and "not_cancelled" are two words each.

        >>> Clauses.of("Not needed - Cancelled?")
        Clauses(words=('not', 'needed', 'cancelled'), gaps=('', '', '|', '?'))
        """
        plain = _bare(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)).replace("&", " and ")
        plain = re.sub(rf"\bun[{_DASHES}](?=\w)", "not ", plain)
        plain = re.sub(r"\b([a-z])\.\s*(?=[a-z]\b)", r"\1 ", plain)  # initials are one word's
        plain = re.sub(r"\(\s*(\w+)\s*\)", lambda m: m[1] if m[1] in EMPTY else m[0], plain)
        words: list[str] = []
        gaps: list[str] = []
        end = 0
        for match in _WORD.finditer(plain):
            gaps.append(_gap(plain[end : match.start()], words[-1] if words else ""))
            words.append(match[0])
            end = match.end()
        return cls(tuple(words), ("", *gaps[1:], _gap(plain[end:], "")))

    def clause(self, at: int) -> int:
        """Number of the clause in which a word stands."""
        return sum(g in ("|", "?") for g in self.gaps[: at + 1])


def _bare(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'"))
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


def _gap(between: str, word: str) -> str:
    if "?" in between:
        return "?"
    if _BREAK.search(between) or (_SPACED.search(between) and word not in _PREFIXES):
        return "|"
    return "," if "," in between else "/" if "/" in between or "\\" in between else ""


class Phrases:
    """A table of phrases, each with a meaning, and the reading of texts by it; of phrases that overlap the longest counts.

    Examples
    --------
    >>> states = Phrases({"cancelled": "gone", "void": "gone"})
    >>> [states.found_in(t)[0].verdict for t in ("Cancelled - no reply", "Neither void", "Cancelled: no", "Cancelled?")]
    ['asserted', 'denied', 'denied', 'open']
    """

    def __init__(self, meanings: Mapping[str, str]) -> None:
        table = {Clauses.of(phrase).words: meaning for phrase, meaning in meanings.items()}
        self.meanings = {words: meaning for words, meaning in table.items() if words}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self.meanings, key=lambda w: (-len(w), w)):
            self._by_first.setdefault(words[0], []).append(words)

    def clauses(self, text: str) -> Clauses:
        """The words of a text; "undeleted" is "not" and "deleted" where the table has that, "noncrime" likewise."""
        read = Clauses.of(text)
        words: list[str] = []
        gaps = list(read.gaps[:1])
        for word, gap in zip(read.words, read.gaps[1:]):
            rest = next((word[len(p) :] for p in ("un", "non") if word.startswith(p)), "")
            if (rest,) in self.meanings and word not in self._by_first:
                words.append("not")
                gaps.append("")
                word = rest
            words.append(word)
            gaps.append(gap)
        return Clauses(tuple(words), tuple(gaps))

    def found_in(self, text: str) -> list[Found]:
        """The phrases of the table in a text, in its order, and what is said of each."""
        read = self.clauses(text)
        spans = dict(self._spans(read))
        asked = frozenset(s for s, e in spans.items() if _is_asked(read, e))
        found: list[Found] = []
        for start, end in spans.items():
            phrase = read.words[start:end]
            # A cancellation may be refused; what is rejected as a duplicate may be one.
            act = phrase[-1].endswith(("ion", "ment"))
            before = _before(read, start, found, asked, act)
            behind = _behind(read, end, asked, act)
            if before == OPEN and behind == DENIED:
                verdict = DENIED  # "possible duplicate: no"
            elif OPEN in (before, behind) or before == behind == DENIED:
                verdict = OPEN
            else:
                verdict = DENIED if DENIED in (before, behind) else ASSERTED
            found.append(Found(start, end, " ".join(phrase), self.meanings[phrase], verdict))
        return found

    def _spans(self, read: Clauses) -> Iterable[tuple[int, int]]:
        at = 0
        while at < len(read.words):
            for phrase in self._by_first.get(read.words[at], ()):
                end = at + len(phrase)
                if read.words[at:end] == phrase and not {"|", "?"} & set(read.gaps[at + 1 : end]):
                    yield at, end
                    at = end - 1
                    break
            at += 1


def _is_negation(word: str) -> bool:
    return word in _NEGATIONS or bool(_CONTRACTED.fullmatch(word))


def _is_asked(read: Clauses, end: int) -> bool:
    """Whether a yes or a no stands behind a phrase and a break: "deleted: no"."""
    return read.gaps[end] in ("|", "?") and end < len(read.words) and read.words[end] in _TRUE | _FALSE


def _before(read: Clauses, start: int, found: list[Found], asked: frozenset[int], act: bool) -> str:
    """What the words before a phrase, back to the beginning of its clause, say of it."""
    verdicts = {f.end - 1: f.verdict for f in found}
    taken = {k for f in found if f.end - f.start > 1 for k in range(f.start, f.end)}
    empty, verdict = True, ASSERTED
    for k in range(start - 1, -1, -1):
        gap, word = read.gaps[k + 1], read.words[k]
        if gap in ("|", "?") or word in _STOPS:
            break
        joined = word in ("or", "and")
        if gap in (",", "/") or joined:
            last = k - 1 if joined else k
            if last in verdicts and (not joined or read.gaps[k] not in ("|", "?")):
                return _coordinated(verdicts[last], word if joined else gap, read, start)
            break
        # In "deleted: no cancelled: yes" the no is an answer, in "incident: no crime" it is none.
        answer = start in asked and k - 1 in verdicts and read.gaps[k] == "|"
        if answer or (_is_negation(word) and read.words[k + 1] in ("only", "just", "merely")):
            break
        if k in taken:
            empty = False
        elif _is_negation(word) or read.words[k : k + 2] == ("other", "than"):
            if empty or word != "non":  # "non-emergency call" is a call
                return DENIED if empty else OPEN
        elif empty and word in _UNDOING:
            return DENIED if act else OPEN
        elif empty and word in ("if", "whether"):
            return OPEN
        elif empty and (word in _DOUBTS or read.words[k : k + 2] == ("to", "be")):
            verdict = OPEN
        elif word not in EMPTY and not word.endswith("ly"):
            empty = False
    return verdict


def _coordinated(first: str, joint: str, read: Clauses, start: int) -> str:
    """What is said of a phrase that "or", "and", a comma or a slash joins to one of which `first` is said."""
    if first == ASSERTED or joint in ("or", "/"):
        return first
    rest = read.words[start : next((k for k in range(start + 1, len(read.words)) if read.gaps[k] == "|"), None)]
    return first if joint == "," and {"or", "nor"} & set(rest) else OPEN


def _behind(read: Clauses, end: int, asked: frozenset[int], act: bool) -> str:
    """What the words behind a phrase say of it: the answer to the question that it heads, or that it came to nothing."""
    words, gaps, at = read.words, read.gaps, end
    noun = words[at] if at < len(words) and gaps[at] == "" else ""
    check = noun in _CHECKS
    at += check or noun in _FIELDS
    doubted = gaps[at] == "?"
    while at < len(words) and gaps[at] == "" and words[at] in _BEHIND:
        at += 1
    follows = words[at] if at < len(words) and (gaps[at] == "" or _ends(read, at + 1, asked)) else ""
    if follows in _UNDOING:
        return DENIED if act else OPEN
    if follows in _WAITING or words[at : at + 2] in _MISTAKES:
        return OPEN
    if _is_negation(words[at] if at < len(words) else "") and {*words[at + 1 : at + 3]} & _GRANTED:
        return DENIED
    if act and gaps[at] == "" and _is_negation(follows):
        return DENIED
    if words[at : at + 2] == ("not", "found") and gaps[at] == "" and not check:
        return OPEN
    for answers, verdict in ((_CLEAR if check else (), DENIED), (_NO, DENIED), (_UNKNOWN, OPEN), (_YES, OPEN if check else ASSERTED)):  # fmt: skip
        for answer in answers:
            if words[at : at + len(answer)] == answer and _ends(read, at + len(answer), asked):
                return verdict
    return OPEN if doubted or check else ASSERTED


def _ends(read: Clauses, at: int, asked: frozenset[int]) -> bool:
    """Whether a clause ends before a word, or the next question begins there."""
    return at >= len(read.words) or read.gaps[at] in ("|", ",", "?") or at in asked


__all__ = ["ASSERTED", "DENIED", "EMPTY", "OPEN", "Clauses", "Found", "Phrases", "yes_or_no"]
