"""Loading the official places; loading them again changes nothing."""

import json
from pathlib import Path
from typing import Any

from django.db import models, transaction

from learning.places.models import District, Province, ProvincialOffice, TransferCenter

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load_places() -> dict[str, int]:
    """Provinces, districts, offices and centers from `data/`; gives how many rows of each were written.

    Source: Department of Provincial Administration codes (NOTICE). The provinces a center serves
    are an administrator's and are left alone.
    """
    provinces = _read("provinces")
    return {
        "provinces": _write(
            Province,
            "code",
            [
                {"code": p["code"], "name": p["name"], "name_en": p["name_en"], "region": p["region"], "position": n}
                for n, p in enumerate(provinces, 1)
            ],
        ),
        "districts": _write(
            District,
            "code",
            [{**d, "province_id": d["code"][:2], "position": n} for n, d in enumerate(_read("districts"), 1)],
        ),
        "offices": _write(
            ProvincialOffice,
            "code",
            [
                {"code": f"{p['code']}{n:02d}", "province_id": p["code"], "name": name}
                for p in provinces
                for n, name in enumerate(p["offices"], 1)
            ],
        ),
        "centers": _write(
            TransferCenter,
            "number",
            [
                {**{k: v for k, v in c.items() if k != "host_province"}, "host_province_id": c["host_province"]}
                for c in _read("transfer_centers")
            ],
        ),
    }


def _read(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def _write(model: type[models.Model], key: str, rows: list[dict[str, Any]]) -> int:
    """Insert what is new and update what differs."""
    fields = [name for name in rows[0] if name != key]
    known = {row[key]: row for row in model._default_manager.values(key, *fields)}
    changed = [model(**row) for row in rows if known.get(row[key]) != row]
    model._default_manager.bulk_create(
        changed, update_conflicts=True, unique_fields=[key], update_fields=[name.removesuffix("_id") for name in fields]
    )
    return len(changed)
