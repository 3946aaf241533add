"""H5P.DragQuestion: elements are dragged onto drop zones of a picture."""

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzes.kinds.drag_picture.grading import placings_of
from courses.quizzes.kinds.first_right import written_html
from courses.quizzes.kinds.javascript import as_dict, as_list, as_text, at, index, is_number, is_truthy, number, section
from courses.quizzes.kinds.kind import Body, H5PContent
from courses.quizzes.markup import clean_html, plain_text

LIBRARY = "H5P.DragQuestion"
VERSION = "1.15"
WIDTH, HEIGHT = 620, 310  # pixels of a task area that says nothing of its size
EM = 16  # pixels
SIDES = ("x", "y", "width", "height")
PER_ROW = 4  # pieces beside each other in what we write


def score(params: dict[str, Any], state: Any) -> tuple[float, float]:
    """Placings in a right zone less those in any other, never below zero; as the behaviour says.

    Where no zone has a right element, leaving all untouched is right: one point.
    """
    task = section(section(params, "question"), "task")
    elements, zones = as_list(task.get("elements")), as_list(task.get("dropZones"))
    behaviour = section(params, "behaviour")
    is_single = is_truthy(behaviour.get("singlePoint", False))
    right = _right_zones(zones)
    is_blank_right = not any(as_list(as_dict(zone).get("correctElements")) for zone in zones)
    most = (
        1
        if is_blank_right
        else sum(_worth(elements[key], places) for key, places in right.items() if key < len(elements))
    )
    answers = as_dict(state).get("answers")
    start = 1 if is_blank_right else 0
    hits, misses = _placed(elements, right, answers)
    points = max(0, start + hits - misses)
    if is_blank_right and not (isinstance(answers, list) and answers):
        points = 1
    if is_single:
        return int(points == most), 1
    return points if is_truthy(behaviour.get("applyPenalties", True)) else start + hits, most


def _right_zones(zones: list[Any]) -> dict[int, list[int]]:
    """The places of the right zones for each element's place."""
    right: dict[int, list[int]] = {}
    for place, zone in enumerate(zones):
        for element in as_list(as_dict(zone).get("correctElements")):
            key = index(element)
            if key is not None:
                right.setdefault(key, []).append(place)
    return right


def _worth(element: Any, right: list[int]) -> int:
    return len(right) if is_truthy(as_dict(element).get("multiple")) else 1


def _placed(elements: list[Any], right: dict[int, list[int]], answers: Any) -> tuple[int, int]:
    """How many placings of a state are right, and how many are not."""
    hits = misses = 0
    for place, element in enumerate(elements):
        if not is_draggable(element):
            continue
        for placing in as_list(at(answers, place)):
            if isinstance(placing, dict) and "dz" in placing:
                is_right = any(is_number(placing["dz"], zone) for zone in right.get(place, []))
                hits, misses = hits + is_right, misses + (not is_right)
    return hits, misses


def is_draggable(element: Any) -> bool:
    """An element that may be put on some zone; others are part of the picture."""
    return bool(as_list(as_dict(element).get("dropZones")))


# --- reading -----------------------------------------------------------------------------------------
def size_of(params: dict[str, Any]) -> tuple[float, float]:
    """Width and height of the task area in pixels."""
    size = section(section(section(params, "question"), "settings"), "size")
    width, height = number(size.get("width", WIDTH)), number(size.get("height", HEIGHT))
    return (width if width > 0 else WIDTH), (height if height > 0 else HEIGHT)


def body_of(params: dict[str, Any]) -> tuple[Body, list[str]]:
    """The body, ids after the places in H5P, and what could not be carried over."""
    task = section(section(params, "question"), "task")
    elements, zones = as_list(task.get("elements")), as_list(task.get("dropZones"))
    behaviour = section(params, "behaviour")
    right = _right_zones(zones)
    remarks: list[str] = []
    pieces = []
    for place, element in enumerate(elements):
        if not is_draggable(element):
            remarks.append(
                _("Element %(number)d is part of the picture in H5P and is not shown here.") % {"number": place + 1}
            )
            continue
        text, is_picture = text_of(element)
        if is_picture:
            remarks.append(
                _("Piece %(number)d is a picture. Its alternative text is shown instead.") % {"number": place + 1}
            )
        places = sorted(set(right.get(place, [])))
        pieces.append(
            {
                "id": f"e{place + 1}",
                "text": text or _("Piece %(number)d") % {"number": place + 1},
                "zones": [f"z{zone + 1}" for zone in places],
                "multiple": is_truthy(element.get("multiple")),
            }
        )
    return {
        "zones": [zone_of(zone, place, size_of(params)) for place, zone in enumerate(zones, 1)],
        "pieces": pieces,
        "apply_penalties": is_truthy(behaviour.get("applyPenalties", True)),
        "single_point": is_truthy(behaviour.get("singlePoint", False)),
    }, remarks


def zone_of(zone: Any, place: int, size: tuple[float, float]) -> dict[str, Any]:
    """A zone in percent of the picture; H5P gives its width and height in em."""
    raw = as_dict(zone)
    sides = {
        "x": number(raw.get("x")),
        "y": number(raw.get("y")),
        "width": number(raw.get("width")) * EM * 100 / size[0],
        "height": number(raw.get("height")) * EM * 100 / size[1],
    }
    label = clean_html(as_text(raw.get("label")), inline=True)
    return {"id": f"z{place}", "label": label or _("Place %(number)d") % {"number": place}, **within(sides)}


def within(sides: dict[str, float]) -> dict[str, float]:
    """The rectangle as far as it lies on the picture, at least a percent wide and high, to a hundredth of a percent."""
    x, y = (min(max(sides[side], 0), 99) for side in ("x", "y"))
    width = min(max(sides["width"], 1), 100 - x)
    height = min(max(sides["height"], 1), 100 - y)
    return {side: _short(value) for side, value in zip(SIDES, (x, y, width, height), strict=True)}


def _short(value: float) -> float:
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def text_of(element: Any) -> tuple[str, bool]:
    """The words of an element, and whether it is a picture whose alternative text they are."""
    content = section(element, "type")
    params = section(content, "params")
    if as_text(content.get("library")).split(" ")[0] == "H5P.Image":
        return clean_html(as_text(params.get("alt")) or as_text(params.get("title")), inline=True), True
    return clean_html(as_text(params.get("text")), inline=True), False


# --- writing -----------------------------------------------------------------------------------------
def written(content: str, body: Body) -> H5PContent:
    """The pieces and zones over what was read, so that pictures and settings stay."""
    params = deepcopy(section(body.get("h5p"), "params"))
    is_ours = not params
    question = params["question"] = as_dict(params.get("question"))
    settings = question["settings"] = as_dict(question.get("settings"))
    task = question["task"] = as_dict(question.get("task"))
    behaviour = params["behaviour"] = as_dict(params.get("behaviour"))
    settings.setdefault("size", {"width": WIDTH, "height": HEIGHT})
    kept_title = as_text(settings.get("questionTitle"))
    if plain_text(kept_title) != plain_text(content):
        settings["questionTitle"] = plain_text(content)
    if is_ours:
        behaviour |= {"showTitle": True, "enableRetry": True, "dropZoneHighlighting": "always"}
    behaviour |= {"singlePoint": body["single_point"], "applyPenalties": body["apply_penalties"]}
    kept_zones, elements = as_list(task.get("dropZones")), as_list(task.get("elements"))
    task["elements"], places = laid_out(body, elements)
    right = {
        zone["id"]: [str(places[piece["id"]]) for piece in body["pieces"] if zone["id"] in piece["zones"]]
        for zone in body["zones"]
    }
    task["dropZones"] = [
        _zone(zone, _read_from(kept_zones, zone["id"], "z"), right[zone["id"]], size_of(params), number)
        for number, zone in enumerate(body["zones"], 1)
    ]
    _fill(body, task["elements"], places, kept_zones)
    return H5PContent(f"{LIBRARY} {VERSION}", params)


def laid_out(body: Body, kept: list[Any]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The elements to write, empty ones for new pieces, and the place of each piece among them.

    What was read stands where it stood, without the pieces that were taken away.
    """
    staying = {piece["id"] for piece in body["pieces"]}
    elements: list[dict[str, Any]] = []
    places: dict[str, int] = {}
    for standing, element in enumerate(kept, 1):
        identifier = f"e{standing}"
        if is_draggable(element) and identifier not in staying:
            continue
        if is_draggable(element):
            places[identifier] = len(elements)
        elements.append(as_dict(element))
    for piece in body["pieces"]:
        if piece["id"] not in places:
            places[piece["id"]] = len(elements)
            elements.append({})
    return elements, places


def _read_from(kept: list[Any], identifier: str, letter: str) -> dict[str, Any]:
    """What H5P had under an id that was made of its place; empty for what is new."""
    tail = identifier.removeprefix(letter)
    place = index(tail)
    return as_dict(at(kept, place - 1)) if tail != identifier and place else {}


def _zone(
    zone: dict[str, Any], kept: dict[str, Any], right: list[str], size: tuple[float, float], place: int
) -> dict[str, Any]:
    entry: dict[str, Any] = kept or {
        "showLabel": True,
        "backgroundOpacity": 60,
        "single": False,
        "autoAlign": True,
        "tipsAndFeedback": {"tip": ""},
    }
    if not kept or zone_of(kept, place, size)["label"] != zone["label"]:
        entry["label"] = written_html(entry.get("label"), zone["label"])
    if not kept or any(zone_of(kept, place, size)[side] != zone[side] for side in SIDES):
        entry |= {"x": zone["x"], "y": zone["y"]}
        entry |= {"width": _ems(zone["width"], size[0]), "height": _ems(zone["height"], size[1])}
    if [str(element) for element in as_list(entry.get("correctElements"))] != right:
        entry["correctElements"] = right
    return entry


def _ems(percent: float, pixels: float) -> float:
    return round(percent * pixels / 100 / EM, 4)


def _fill(body: Body, elements: list[dict[str, Any]], places: dict[str, int], kept_zones: list[Any]) -> None:
    """Write the pieces into their elements."""
    zone_places = {zone["id"]: str(place) for place, zone in enumerate(body["zones"])}
    # The zones that an element may go to are named by number: they hold while all zones stand where they stood.
    is_as_read = list(zone_places)[: len(kept_zones)] == [f"z{number}" for number in range(1, len(kept_zones) + 1)]
    for row, piece in enumerate(body["pieces"]):
        element = elements[places[piece["id"]]]
        if not element:
            element |= _new_element(row)
        text, is_picture = text_of(element)
        if (text and text != piece["text"]) or (not text and not is_picture):
            words = section(section(element, "type"), "params")
            words["alt" if is_picture else "text"] = (
                plain_text(piece["text"]) if is_picture else f"<p>{clean_html(piece['text'], inline=True)}</p>"
            )
        allowed = {str(zone) for zone in as_list(element.get("dropZones"))}
        if not is_as_read or not allowed or not {zone_places[zone] for zone in piece["zones"]} <= allowed:
            element["dropZones"] = list(zone_places.values())
        if is_truthy(element.get("multiple")) != piece["multiple"]:
            element["multiple"] = piece["multiple"]


def _new_element(number: int) -> dict[str, Any]:
    """A piece of text at the foot of the picture."""
    return {
        "x": 2 + number % PER_ROW * 24,
        "y": max(2, 88 - number // PER_ROW * 14),
        "width": 8.5,
        "height": 2.2,
        "dropZones": [],
        "backgroundOpacity": 100,
        "multiple": False,
        "type": {"library": "H5P.AdvancedText 1.1", "params": {"text": ""}, "subContentId": "", "metadata": {}},
    }


def state_of(body: Body, answer: Any) -> dict[str, Any]:
    """Where each element lies, by its place."""
    task = section(section(section(body.get("h5p"), "params"), "question"), "task")
    _elements, places = laid_out(body, as_list(task.get("elements")))
    zones = {zone["id"]: (place, zone) for place, zone in enumerate(body["zones"])}
    answers: list[Any] = []
    for piece, zone in placings_of(body, answer):
        place, sides = zones[zone]
        answers += [None] * (places[piece] + 1 - len(answers))
        answers[places[piece]] = (answers[places[piece]] or []) + [{"x": sides["x"], "y": sides["y"], "dz": place}]
    return {"answers": answers}
