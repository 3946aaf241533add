"""Typefaces that are wrong on purpose, to see that tests notice."""

from collections.abc import Callable
from pathlib import Path

from fontTools.ttLib import TTFont

from certification.rendering.derive_font import RING, TONES
from certification.rendering.engine import SHEET_STYLE
from certification.rendering.text_map import BOLD, REGULAR

SARABUN = Path(__file__).parents[3] / "node_modules" / "@expo-google-fonts" / "sarabun"
SHARED_STYLE = SHEET_STYLE.with_name("sheet.css")


def style_with(folder: Path, change: Callable[[TTFont], None]) -> Path:
    """The style of the sheet with both weights of its typeface changed."""
    css = SHARED_STYLE.read_text(encoding="utf-8")
    for source in (REGULAR, BOLD):
        with TTFont(source, recalcTimestamp=False) as font:
            change(font)
            font.save(folder / source.name)
        css = css.replace(f"../../rendering/fonts/{source.name}", str(folder / source.name))
    assert str(folder) in css
    style = folder / "sheet.css"
    style.write_text(css, encoding="utf-8")
    return style


def style_with_sarabun(folder: Path) -> Path:
    """The style of the sheet with the two weights of Sarabun (OFL) as they are published, by npm for these tests."""
    css = SHARED_STYLE.read_text(encoding="utf-8")
    for ours, theirs in ((REGULAR, "400Regular/Sarabun_400Regular.ttf"), (BOLD, "700Bold/Sarabun_700Bold.ttf")):
        css = css.replace(f"../../rendering/fonts/{ours.name}", str(SARABUN / theirs))
    assert css.count(str(SARABUN)) == 2
    style = folder / "sheet.css"
    style.write_text(css, encoding="utf-8")
    return style


def as_it_was_before_it_was_derived(font: TTFont) -> None:
    """Without the lookups that let one glyph be ำ: it is drawn as ring and า again, as in the typeface of origin."""
    table = font["GSUB"].table
    ours = {
        index
        for index, lookup in enumerate(table.LookupList.Lookup)
        if index >= _first_of_ours(table) and lookup.LookupType in {4, 6}
    }
    assert ours
    for record in table.FeatureList.FeatureRecord:
        record.Feature.LookupListIndex = [index for index in record.Feature.LookupListIndex if index not in ours]
        record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def _first_of_ours(table: object) -> int:
    lookups = table.LookupList.Lookup  # type: ignore[attr-defined]
    return next(
        index
        for index, lookup in enumerate(lookups)
        if lookup.LookupType == 4 and any(RING in subtable.ligatures for subtable in lookup.SubTable)
    )


def with_tones_moved(font: TTFont) -> None:
    """Tones stand 40/1000 em further left than they should: less than the width of their own stroke."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            marks, records = _marks_of(lookup.LookupType, subtable)
            for glyph, record in zip(marks, records, strict=True):
                if glyph.partition(".")[0] in TONES:
                    record.MarkAnchor.XCoordinate += 40


def without_marks_on_marks(font: TTFont) -> None:
    """A tone over a vowel falls onto it, as in typefaces that were not made for Thai."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        if lookup.LookupType == 6:
            for subtable in lookup.SubTable:
                for row in subtable.Mark2Array.Mark2Record:
                    for anchor in filter(None, row.Mark2Anchor):
                        anchor.YCoordinate -= 150


def _marks_of(kind: int, subtable: object) -> tuple[list, list]:
    if kind == 4:
        return subtable.MarkCoverage.glyphs, subtable.MarkArray.MarkRecord  # type: ignore[attr-defined]
    if kind == 6:
        return subtable.Mark1Coverage.glyphs, subtable.Mark1Array.MarkRecord  # type: ignore[attr-defined]
    return [], []
