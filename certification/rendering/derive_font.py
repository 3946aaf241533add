"""Derive the certificate's typeface from Sarabun, so that Thai can be copied out of the PDF again.

A PDF keeps glyphs, and a map that says which text each glyph stands for. Shaping engines draw ำ as two
glyphs (a ring over the consonant, then า), and no map of single glyphs can turn these back into one
character: readers give "สาหรับ" for สำหรับ. In the derived font every glyph stands for one character:

- ring + า becomes the one glyph ำ (a second one for the tall ป ฝ ฟ, where the ring stands further left);
- ring + tone is one glyph in Sarabun already and stands for the tone; the า that follows it becomes a
  copy that stands for ำ;
- each glyph is named after its character ("uni0E33", "uni0E33.open"), as the Adobe Glyph List
  specification asks, so the names are the map that `text_map` reads.

A mark looks the same wherever the point lies that it is drawn from, but readers look at that point: where it
is not the end of the consonant, some see a gap there and cut the word ("เปี่ ยม"). So marks are drawn from the
end of their consonant, and the tones that follow a narrow vowel (on ป ฝ ฟ) get copies that do the same.
For the same reason marks stand at fixed heights: WeasyPrint would print a mark that is moved up or down by
itself, and others take that for a new line ("ปั" / "น").

    python -m certification.rendering.derive_font Sarabun-Regular.ttf AcademySarabun-Regular.ttf
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO

from fontTools.otlLib.builder import (
    ChainContextSubstBuilder,
    ChainContextualRule,
    LigatureSubstBuilder,
    SingleSubstBuilder,
)
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import ROUND_XY_TO_GRID, Glyph, GlyphComponent
from fontTools.ttLib.tables.otTables import Anchor

# The Open Font License lets a changed font keep its name when none is reserved; it is renamed all the same,
# because this one must never be taken for the original, nor the original for this one.
FAMILY = "Academy Sarabun"

CHARACTERS = (
    *range(0x0020, 0x007F),
    *range(0x00A0, 0x017F),  # Latin-1 and Latin Extended-A: names from abroad
    *range(0x0E01, 0x0E3B),
    *range(0x0E3F, 0x0E5C),
    *(0x2010, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026),
)
RING, AA, AM = "uni0E4D", "uni0E32", "uni0E33"
NARROW_AM, OPEN_AM = "uni0E33.narrow", "uni0E33.open"
TALL = ("uni0E1B", "uni0E1D", "uni0E1F")  # ป ฝ ฟ
VOWELS = ("uni0E31", "uni0E34", "uni0E35", "uni0E36", "uni0E37")  # ั ิ ี ึ ื
TONES = ("uni0E48", "uni0E49", "uni0E4A", "uni0E4B", "uni0E4C")
BELOW, ABOVE = 0, 1  # classes of anchors on a Thai consonant
TOUCHING = 24  # units of 1/1000 em: measured, poppler cuts words from about 30 on
# Sarabun names these five after their look; the character is what counts here.
LOOKS = {
    "yoYingthai.less": "uni0E0D.less",
    "doChadathai.short": "uni0E0E.short",
    "toPatakthai.short": "uni0E0F.short",
    "thoThanthai.less": "uni0E10.less",
    "loChulathai.short": "uni0E2C.short",
}


def derive(source: TTFont) -> TTFont:
    """Give back the derived font; `source` is used up."""
    keep_what_is_printed(source)
    font = name_glyphs_by_character(source)
    let_one_glyph_be_sara_am(font)
    draw_marks_from_the_end_of_their_consonant(font)
    put_marks_at_two_heights(font)
    rename_family(font)
    return font


def keep_what_is_printed(font: TTFont) -> None:
    """Drop other scripts, screen hints, and the Latin f-ligatures (one glyph for two letters)."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        if lookup.LookupType == 4:
            for subtable in lookup.SubTable:
                subtable.ligatures.pop("f", None)
    features = ["ccmp", "liga", "mark", "mkmk", "kern"]
    subsetter = Subsetter(Options(hinting=False, glyph_names=True, name_IDs=["*"], layout_features=features))
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)


def name_glyphs_by_character(font: TTFont) -> TTFont:
    """Name every glyph after its character (uni0E01); a variant keeps its suffix."""
    order = font.getGlyphOrder()
    names = {glyph: f"uni{code:04X}" for code, glyph in sorted(font.getBestCmap().items(), reverse=True)}
    for glyph in order:
        base, _, suffix = glyph.partition(".")
        tone = f"uni{base.removeprefix(RING)}"
        if tone in TONES:
            names[glyph] = f"{tone}.ring{suffix}"
        elif suffix and base in names:
            names[glyph] = f"{names[base]}.{suffix}"
    names |= LOOKS
    # Tables speak of glyphs by number in the file and by name in memory, so the new names are given to a
    # fresh reading of the file, before any of its tables is read.
    file = BytesIO()
    font.save(file)
    renamed = TTFont(file, recalcTimestamp=False)
    renamed.setGlyphOrder([names.get(glyph, glyph) for glyph in order])
    renamed["post"].extraNames = []
    return renamed


def let_one_glyph_be_sara_am(font: TTFont) -> None:
    """Leave no ำ that is drawn as two."""
    narrow_ring = f"{RING}.narrow"
    _add_composite(font, NARROW_AM, [(narrow_ring, _distance(font, TALL[0], narrow_ring)), (AA, 0)])
    _add_composite(font, OPEN_AM, [(AA, 0)])
    joined = LigatureSubstBuilder(font, None)
    joined.ligatures = {(RING, AA): AM, (narrow_ring, AA): NARROW_AM}
    ringed_tones = [glyph for glyph in font.getGlyphOrder() if ".ring" in glyph]
    _add_substitutions(font, [joined, *_after(font, ringed_tones, {AA: OPEN_AM})])


def draw_marks_from_the_end_of_their_consonant(font: TTFont) -> None:
    """Move the points that Thai marks are drawn from to where the consonant ends, or a hair before.

    Nothing is seen of it but in bold, where the marks on a few consonants move left by up to 22/1000 em.
    """
    anchors = {
        glyph: record.MarkAnchor.XCoordinate
        for marks, records, _, _ in _attachments(font)
        for glyph, record in zip(marks, records, strict=True)
        if glyph.startswith("uni0E")
    }
    normal = _most_common(x for glyph, x in anchors.items() if not glyph.endswith("narrow"))
    narrow = _most_common(x for glyph, x in anchors.items() if glyph.endswith("narrow"))
    _move_outlines(font, {g: (narrow if g.endswith("narrow") else normal) - x for g, x in anchors.items()})
    for _, _, bases, rows in _attachments(font):
        for base, row in zip(bases, rows, strict=True):
            if "uni0E01" <= base[:7] <= "uni0E2E":
                end = font["hmtx"][base][0]
                _keep_near(row[BELOW], end + normal)
                _keep_near(row[ABOVE], end + (narrow if base in TALL else normal))
            elif base in anchors:
                row[0].XCoordinate = min(row[0].XCoordinate, narrow if base.endswith("narrow") else normal)
    copies = {f"{tone}.small": f"{tone}.smallnarrow" for tone in TONES}
    for small, copy in copies.items():
        _copy_mark(font, small, copy)
    _move_outlines(font, dict.fromkeys(copies.values(), narrow - normal))
    narrow_vowels = [f"{vowel}.narrow" for vowel in VOWELS]
    _add_substitutions(font, _after(font, narrow_vowels, copies))


def put_marks_at_two_heights(font: TTFont) -> None:
    """Let every vowel stand at one height over its consonant, and every tone at one height over its vowel.

    Tones over ั and ิ move up by 46/1000 em at most, to where they stand over ี and ื.
    """
    heights = {
        glyph: record.MarkAnchor.YCoordinate
        for marks, records, _, _ in _attachments(font)
        for glyph, record in zip(marks, records, strict=True)
    }
    over_consonant, over_vowel = heights["uni0E34"], heights["uni0E48.small"]
    for marks, records, bases, rows in _attachments(font):
        for mark, record in zip(marks, records, strict=True):
            if mark.partition(".small")[0] in TONES and ".small" in mark:
                record.MarkAnchor.YCoordinate = over_vowel
        for base, row in zip(bases, rows, strict=True):
            if "uni0E01" <= base[:7] <= "uni0E2E":
                row[ABOVE].YCoordinate = over_consonant
            elif base.removesuffix(".narrow") in VOWELS:
                row[0].YCoordinate = over_vowel


def rename_family(font: TTFont) -> None:
    """Put the new name wherever the old one named the font, and keep authors, copyright and licence."""
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            family = FAMILY.replace(" ", "") if record.nameID in (3, 6) else FAMILY
            record.string = str(record).replace("Sarabun", family)


def _most_common(values: Iterator[int]) -> int:
    return Counter(values).most_common(1)[0][0]


def _keep_near(anchor: Anchor, end: int) -> None:
    """Let an anchor lie at `end`, or before it by no more than readers take for touching."""
    anchor.XCoordinate = max(end - TOUCHING, min(anchor.XCoordinate, end))


def _attachments(font: TTFont) -> Iterator[tuple[list, list, list, list]]:
    """Marks, their records, bases (or lower marks), their rows of anchors: of each attachment table."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if lookup.LookupType == 4:
                rows = [record.BaseAnchor for record in table.BaseArray.BaseRecord]
                yield table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, table.BaseCoverage.glyphs, rows
            elif lookup.LookupType == 6:
                rows = [record.Mark2Anchor for record in table.Mark2Array.Mark2Record]
                marks = table.Mark1Coverage.glyphs, table.Mark1Array.MarkRecord
                yield *marks, table.Mark2Coverage.glyphs, rows


def _distance(font: TTFont, base: str, mark: str) -> int:
    """Where `mark` is drawn from, in font units after the end of `base`."""
    for marks, records, bases, rows in _attachments(font):
        if base in bases and mark in marks:
            record = records[marks.index(mark)]
            anchor = rows[bases.index(base)][record.Class]
            return anchor.XCoordinate - record.MarkAnchor.XCoordinate - font["hmtx"][base][0]
    raise ValueError(f"{mark} has no place on {base}.")


def _move_outlines(font: TTFont, shifts: dict[str, int]) -> None:
    """Move outlines and anchors of marks right by font units, so that their drawing points move left."""
    glyphs = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.isComposite():  # its parts move by themselves, and not all by the same
            for part in glyph.components:
                part.x += shifts.get(name, 0) - shifts.get(part.glyphName, 0)
        elif name in shifts:
            glyph.coordinates.translate((shifts[name], 0))
    for name in font.getGlyphOrder():
        glyphs[name].recalcBounds(glyphs)
        if name in shifts:
            font["hmtx"].metrics[name] = (font["hmtx"][name][0], glyphs[name].xMin)
    for marks, records, bases, rows in _attachments(font):
        for name, record in zip(marks, records, strict=True):
            record.MarkAnchor.XCoordinate += shifts.get(name, 0)
        for name, row in zip(bases, rows, strict=True):
            for anchor in filter(None, row):
                anchor.XCoordinate += shifts.get(name, 0)


def _add_glyph(font: TTFont, name: str, glyph: Glyph, advance: int, kind: int) -> None:
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"].metrics[name] = (advance, glyph.xMin)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = kind


def _add_composite(font: TTFont, name: str, parts: Sequence[tuple[str, int]]) -> None:
    """Draw `name` from other glyphs, each moved right by its units, with the advance of the last one."""
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for part, x in parts:
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = part, x, 0, ROUND_XY_TO_GRID
        glyph.components.append(component)
    _add_glyph(font, name, glyph, font["hmtx"][parts[-1][0]][0], kind=1)


def _copy_mark(font: TTFont, mark: str, copy: str) -> None:
    """Add a copy of a mark that attaches wherever the mark does."""
    _add_glyph(font, copy, deepcopy(font["glyf"][mark]), 0, kind=3)
    kinds = font["GDEF"].table.MarkAttachClassDef.classDefs
    kinds[copy] = kinds[mark]
    for marks, records, _, _ in _attachments(font):
        if mark in marks:  # both lists are in the order of the glyphs, and the copy is the last glyph
            marks.append(copy)
            records.append(deepcopy(records[marks.index(mark)]))


def _after(font: TTFont, before: list[str], mapping: dict[str, str]) -> list:
    """The two lookups that put one glyph for another when it follows any of `before`."""
    single = SingleSubstBuilder(font, None)
    single.mapping = mapping
    chain = ChainContextSubstBuilder(font, None)
    chain.rules.append(ChainContextualRule([before], [list(mapping)], [], [[single]]))
    return [single, chain]


def _add_substitutions(font: TTFont, builders: list) -> None:
    """Append lookups to Thai composition; a chain's own single substitution is not called by itself."""
    table = font["GSUB"].table
    for builder in builders:
        builder.lookup_index = len(table.LookupList.Lookup)
        table.LookupList.Lookup.append(builder.build())
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    called = [b.lookup_index for b in builders if not isinstance(b, SingleSubstBuilder)]
    for record in table.FeatureList.FeatureRecord:
        # Two features are called ccmp, one for Latin; the Thai one is known by its splitting of ำ.
        lookups = [table.LookupList.Lookup[index] for index in record.Feature.LookupListIndex]
        splits = any(AM in getattr(sub, "mapping", ()) for lookup in lookups for sub in lookup.SubTable)
        if record.FeatureTag == "ccmp" and splits:
            record.Feature.LookupListIndex += called
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def main(source: str, target: str) -> None:
    derive(TTFont(source, recalcTimestamp=False)).save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
