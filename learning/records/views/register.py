"""The register of certificates: filters, totals, a page of lines, and the same as a table to take away."""

import tempfile
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import log

from certification.models import Certificate
from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.records.exporting import MOST_IN_A_WORKBOOK, MOST_LINES, csv_lines, write_workbook
from learning.records.forms.filters import CertificateFilters
from learning.records.narrowing import BY_NUMBER, HEAVY, HEAVY_OF_KEYS, KEYS, NEWEST_FIRST, narrowed, totals
from learning.records.queries import Reach, certificates_visible_to
from learning.records.rules import register_reach
from learning.records.telling import lines_of, tiles_of
from learning.register.forms.filters import typed

SHOWN = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest) -> tuple[Reach, CertificateFilters, QuerySet[Certificate]]:
    """The filters of the address, and what they leave of the register that is open to the person."""
    reach = register_reach(request.user)  # type: ignore[arg-type]
    filters = CertificateFilters(typed(request.GET), reach=reach, user=request.user)  # type: ignore[arg-type]
    return reach, filters, narrowed(certificates_visible_to(request.user, reach=reach), filters.asked)


@login_required
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    reach, filters, found = _asked(request)
    counts = totals(found)
    sort = "number" if request.GET.get("sort") == "number" else "-number"
    rows = found.select_related(*KEYS).defer(*HEAVY, *HEAVY_OF_KEYS)
    rows = rows.order_by(*(BY_NUMBER if sort == "number" else NEWEST_FIRST))
    paginator = Paginator(rows, SHOWN)
    paginator.count = counts["total"]  # type: ignore[method-assign]
    page = paginator.get_page(request.GET.get("page", "")[:6])
    query = urlencode(filters.asked)
    context: dict[str, Any] = {
        "filters": filters,
        "chosen": filters.chosen(),
        "tiles": tiles_of(counts, request.GET),
        "page_obj": page,
        "lines": lines_of(page.object_list),
        "counts": counts,
        "sort": sort,
        "query": query,
        "may_record": reach.may_record,
        "most_in_a_workbook": MOST_IN_A_WORKBOOK,
    }
    response = render(request, "records/office/certificates.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


@login_required
@require_safe
def certificates_csv(request: HttpRequest) -> StreamingHttpResponse:
    found = _exported(request, MOST_LINES)
    lines = csv_lines(found.iterator(chunk_size=500), today=timezone.localdate())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="certificates.csv"'
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_safe
def certificates_workbook(request: HttpRequest) -> FileResponse:
    found = _exported(request, MOST_IN_A_WORKBOOK)
    today = timezone.localdate()
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    standing = _("Register of certificates as of %(day)s") % {"day": format_be(today)}
    write_workbook(found.iterator(chunk_size=500), file, today=today, standing=standing)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename="certificates.xlsx", content_type=XLSX)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _exported(request: HttpRequest, most: int) -> QuerySet[Certificate]:
    """What the page shows, in the order of numbers; who took it away stands in the log."""
    _reach, filters, found = _asked(request)
    count = found.order_by().count()
    if count > most:
        raise Refused(
            _(
                "%(count)s certificates are more than one file of this kind holds (%(most)s). "
                "Choose a fiscal year or a province, and take them away in parts."
            )
            % {"count": f"{count:,}", "most": f"{most:,}"},
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            way_on=f"/office/certificates/?{urlencode(filters.asked)}",
            way_on_label=_("Register of certificates"),
        )
    log(request.user, "records.export", user=request.user, data={"count": count, "asked": filters.asked})  # type: ignore[arg-type]
    heavy = ("credential", "credential_json", *HEAVY_OF_KEYS)
    return found.select_related(*KEYS).defer(*heavy).order_by(*BY_NUMBER)
