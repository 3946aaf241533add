"""Regular expressions of strangers, run so that none can hang us.

A small matcher for what JavaScript's expressions mean without the flags u, m and s: groups, choices, classes,
repeats, ^, $ and word borders. It tries every state at every place of the text at most once per search, so the work
grows with the length of the text and not with the cunning of the pattern; a budget of steps ends it in any case.
Back references and looking around are refused.
"""

from collections.abc import Callable
from functools import lru_cache

from courses.quizzes.kinds.javascript import BLANKS, units

LONGEST_PATTERN = 500  # signs
MOST_STEPS = 400_000  # of one search through a text
MOST_STATES = 3_000  # of a pattern with its counted repeats written out
DEEPEST = 40  # groups within groups

DIGITS = frozenset("0123456789")
WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") | DIGITS
LINE_ENDS = frozenset("\n\r\u2028\u2029")
CLASSES = {"d": DIGITS, "w": WORD, "s": BLANKS}
CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "0": "\0"}

Fits = Callable[[str], bool]
# ("sign", fits) · ("fork", first, second) · ("jump", to) · ("start",) · ("end",) · ("border", is_wanted) · ("found",)
State = tuple  # type: ignore[type-arg]


class Refused(ValueError):
    """A pattern that is broken, too long, or asks for what is not run here."""


def findall(pattern: str, text: str, *, ignore_case: bool) -> list[str]:
    """Every match from left to right, empty ones too. Raises Refused; stops early when the budget is used up."""
    states = _states(units(pattern), ignore_case)
    text = units(text)
    found: list[str] = []
    place, left = 0, MOST_STEPS
    failed: set[tuple[int, int]] = set()
    while place <= len(text):
        end, used = _match(states, text, place, left, failed)
        left -= used
        if left <= 0:
            break
        if end is None:
            place += 1
            continue
        failed = set()
        found.append(text[place:end])
        place = end if end > place else place + 1
    return found


def _match(
    states: list[State], text: str, start: int, budget: int, failed: set[tuple[int, int]]
) -> tuple[int | None, int]:
    """Where the match that begins here ends, if one does, and the steps it took."""
    stack = [(0, start)]
    used = 1
    while stack and used < budget:
        at = stack.pop()
        if at in failed:
            continue
        # A state that has been here without reaching the end will not reach it the next time.
        failed.add(at)
        used += 1
        number, place = at
        state = states[number]
        kind = state[0]
        if kind == "found":
            return place, used
        if kind == "sign":
            if place < len(text) and state[1](text[place]):
                stack.append((number + 1, place + 1))
        elif kind == "fork":
            stack.append((number + state[2], place))
            stack.append((number + state[1], place))
        elif kind == "jump":
            stack.append((number + state[1], place))
        elif _holds(state, text, place):
            stack.append((number + 1, place))
    return None, used


def _holds(state: State, text: str, place: int) -> bool:
    if state[0] == "start":
        return place == 0
    if state[0] == "end":
        return place == len(text)
    before = place > 0 and text[place - 1] in WORD
    return (before != (place < len(text) and text[place] in WORD)) == state[1]


def canonical(sign: str) -> str:
    """What a sign is compared as when case is ignored: its capital, unless that is ASCII and the sign is not."""
    upper = sign.upper()
    return sign if len(upper) != 1 or (sign > "\x7f" and upper <= "\x7f") else upper


@lru_cache(maxsize=256)
def _states(pattern: str, ignore_case: bool) -> list[State]:
    if len(pattern) > LONGEST_PATTERN:
        raise Refused("too long")
    states = [*_Reader(pattern, ignore_case).whole(), ("found",)]
    if len(states) > MOST_STATES:
        raise Refused("too large")
    return states


class _Reader:
    """Turns a pattern into states; forks and jumps count from where they stand, so parts can be joined."""

    def __init__(self, pattern: str, ignore_case: bool) -> None:
        self.pattern, self.ignore_case, self.at, self.depth = pattern, ignore_case, 0, 0

    def whole(self) -> list[State]:
        states = self._choices()
        if self.at < len(self.pattern):
            raise Refused("a bracket is closed that was not opened")
        return states

    def _peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def _take(self) -> str:
        sign = self._peek()
        if not sign:
            raise Refused("broken off")
        self.at += 1
        return sign

    def _choices(self) -> list[State]:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused("too deep")
        states = self._row()
        while self._peek() == "|":
            self.at += 1
            other = self._row()
            states = _joined([("fork", 1, len(states) + 2)], states, [("jump", len(other) + 1)], other)
        self.depth -= 1
        return states

    def _row(self) -> list[State]:
        states: list[State] = []
        while self._peek() not in ("", "|", ")"):
            states = _joined(states, self._repeated(self._atom()))
        return states

    def _atom(self) -> list[State]:
        sign = self._take()
        if sign == "(":
            if self._peek() == "?":
                if self.pattern[self.at : self.at + 2] != "?:":
                    raise Refused("looks around or names a group")
                self.at += 2
            states = self._choices()
            if self._take() != ")":
                raise Refused("a bracket is not closed")
            return states
        if sign in "*+?":
            raise Refused("nothing to repeat")
        if sign == "^":
            return [("start",)]
        if sign == "$":
            return [("end",)]
        if sign == ".":
            return [("sign", lambda given: given not in LINE_ENDS)]
        if sign == "[":
            return [("sign", self._class())]
        if sign == "\\":
            if self._peek() in ("b", "B"):
                return [("border", self._take() == "b")]
            return [("sign", self._escaped())]
        return [("sign", self._one(sign))]

    def _one(self, sign: str) -> Fits:
        if not self.ignore_case:
            return lambda given: given == sign
        wanted = canonical(sign)
        return lambda given: canonical(given) == wanted

    def _escaped(self) -> Fits:
        sign = self._take()
        if sign.lower() in CLASSES:
            signs = CLASSES[sign.lower()]
            return (lambda given: given in signs) if sign.islower() else (lambda given: given not in signs)
        if sign in "123456789k":
            raise Refused("refers back")
        return self._one(self._literal(sign))

    def _literal(self, sign: str) -> str:
        """The sign that an escape stands for: \\n, \\x41, \\u0e01, or itself."""
        for letter, length in (("x", 2), ("u", 4)):
            digits = self.pattern[self.at : self.at + length]
            if sign == letter and len(digits) == length and all(digit in "0123456789abcdefABCDEF" for digit in digits):
                self.at += length
                return chr(int(digits, 16))
        return CONTROLS.get(sign, sign)

    def _class(self) -> Fits:
        is_negated = self._peek() == "^"
        self.at += is_negated
        signs: set[str] = set()
        ranges: list[tuple[str, str]] = []
        others: list[frozenset[str]] = []
        while self._peek() != "]":
            first = self._member(signs, others)
            if first and self._peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                last = self._member(signs, others)
                if last and last < first:
                    raise Refused("a range runs backwards")
                ranges += [(first, last)] if last else []
                signs |= set() if last else {first, "-"}
            elif first:
                signs.add(first)
        self.at += 1

        def has(given: str) -> bool:
            return (
                given in signs or any(a <= given <= b for a, b in ranges) or any(given not in other for other in others)
            )

        if not self.ignore_case:
            return lambda given: has(given) != is_negated
        folded = {canonical(sign) for sign in signs}

        def has_in_any_case(given: str) -> bool:
            wanted = canonical(given)
            cases = {given, wanted, *(small for small in (given.lower(), wanted.lower()) if canonical(small) == wanted)}
            return wanted in folded or any(has(case) for case in cases)

        return lambda given: has_in_any_case(given) != is_negated

    def _member(self, signs: set[str], others: list[frozenset[str]]) -> str:
        """The next sign of a class; "" for an escape that stands for many, which is taken up at once."""
        sign = self._take()
        if sign != "\\":
            return sign
        sign = self._take()
        if sign.lower() in CLASSES:
            if sign.islower():
                signs |= CLASSES[sign]
            else:
                others.append(CLASSES[sign.lower()])
            return ""
        return "\b" if sign == "b" else self._literal(sign)

    def _repeated(self, atom: list[State]) -> list[State]:
        fewest, most = self._count()
        if (fewest, most) == (1, 1):
            return atom
        is_lazy = self._peek() == "?"
        self.at += is_lazy
        if self._peek() in ("*", "+", "?"):
            raise Refused("nothing to repeat")
        if max(fewest, most or 0) * (len(atom) + 1) > MOST_STATES:
            raise Refused("too large")
        states = _joined(*[atom] * fewest)
        if most is None:
            return _joined(states, [_fork(1, len(atom) + 2, is_lazy)], atom, [("jump", -len(atom) - 1)])
        rest: list[State] = []
        for _number in range(most - fewest):
            rest = _joined([_fork(1, len(atom) + len(rest) + 1, is_lazy)], atom, rest)
        return _joined(states, rest)

    def _count(self) -> tuple[int, int | None]:
        sign = self._peek()
        if sign in ("*", "+", "?") and sign:
            self.at += 1
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]  # type: ignore[return-value]
        if sign == "{":
            end = self.pattern.find("}", self.at)
            low, comma, high = self.pattern[self.at + 1 : max(end, 0)].partition(",")
            if end > 0 and low.isdecimal() and len(low) < 5 and (not high or (high.isdecimal() and len(high) < 5)):
                self.at = end + 1
                most = int(high) if high else None if comma else int(low)
                if most is not None and most < int(low):
                    raise Refused("counts backwards")
                return int(low), most
        return 1, 1


def _fork(first: int, second: int, is_lazy: bool) -> State:
    return ("fork", second, first) if is_lazy else ("fork", first, second)


def _joined(*rows: list[State]) -> list[State]:
    return [state for row in rows for state in row]
