"""The form of a design: how it is laid out in the admin, and what it refuses."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel

from certification.designing.checks import (
    MOST_FILE_BYTES,
    check_letters,
    check_picture,
    check_room,
    check_signer,
    one_by_one,
    size_of_file,
)
from certification.designing.examples import EXAMPLE_OFFICE, example_number
from certification.designing.sheets import facts_of_design
from certification.numbering import check_pattern
from certification.rendering.engine import RenderingUnavailable, render_pdf

PRINTED = ("heading", "issuer", "opening", "statement")


class DesignForm(WagtailAdminModelForm):
    """Refuses what could not be printed on every certificate of the design: said now, not on the day of issue."""

    class Media:
        js = ["certification/number_example.js"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        checks = [("number_pattern", partial(check_pattern, cleaned.get("number_pattern", "")))]
        lettered = ("number_pattern", "office_code", "criteria")
        checks += [(name, partial(check_letters, cleaned.get(name) or "")) for name in lettered]
        for name in [*PRINTED, *(f"{name}_en" for name in PRINTED)]:
            text = cleaned.get(name) or ""
            checks += [(name, partial(check_letters, text))]
            checks += [(name, partial(check_room, name, text, layout=cleaned.get("layout") or "landscape"))]
        checks += [(role, partial(check_picture, cleaned.get(role), role)) for role in ("logo", "seal")]
        for field, error in one_by_one(checks).items():
            if field not in self.errors:
                self.add_error(field, error)
        return cleaned

    def is_valid(self) -> bool:
        """The signers are looked at beside each other, then the whole sheet is printed once."""
        return super().is_valid() and self._signers_fit() and (self.is_deferred_validation or self._prints())

    def _signers_fit(self) -> bool:
        forms = [form for form in self.formsets["signers"].forms if not form.cleaned_data.get("DELETE", False)]
        for form in forms:
            facts = form.cleaned_data
            name, position = facts.get("name") or "", facts.get("position") or ""
            name_en, position_en = facts.get("name_en") or "", facts.get("position_en") or ""
            checks = [
                (field, partial(check_letters, facts.get(field) or ""))
                for field in ("name", "position", "name_en", "position_en")
            ]
            checks += [
                ("name", partial(check_signer, name, "", signers=len(forms))),
                ("position", partial(check_signer, "", position, signers=len(forms))),
                ("name_en", partial(check_signer, name_en, "", signers=len(forms), suffix="_en")),
                ("position_en", partial(check_signer, "", position_en, signers=len(forms), suffix="_en")),
                ("picture", partial(check_picture, facts.get("picture"), "signature")),
            ]
            for field, error in one_by_one(checks).items():
                form.add_error(field, error)
        return all(not form.errors for form in forms)

    def _prints(self) -> bool:
        """One sheet with the longest texts: what no single field tells, a file too large among it."""
        try:
            facts = facts_of_design(self.save(commit=False), "longest")
            size = size_of_file(render_pdf(facts), criteria=self.cleaned_data.get("criteria") or "")
            # Without a picture nothing can be made smaller here: long chains of certificates are nobody's fault.
            if size > MOST_FILE_BYTES and (facts.logo or facts.seal or any(one.image for one in facts.signers)):
                raise ValidationError(
                    gettext(
                        "With its signatures the file would have %(size)d kB, and 60 kB is the most. "
                        "Choose simpler pictures, or fewer."
                    )
                    % {"size": -(-size // 1000)}
                )
        except RenderingUnavailable:
            return True
        except ValidationError as error:
            self.add_error(None, error)
        except (ValueError, RuntimeError):
            self.add_error(None, gettext("This design cannot be printed. Look at the preview and change it."))
        return not self.errors


class NumberExample(HelpPanel):
    """The number as it will stand on paper, beside the pattern; a script keeps it up with what is typed."""

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.content = number_example(self.instance.number_pattern, self.instance.office_code)


def number_example(pattern: str, office: str) -> SafeString:
    """A sentence with an example; for a pattern that cannot be used, without one."""
    try:
        check_pattern(pattern)
        number = example_number(pattern, office=office, on=timezone.localdate())
    except ValidationError:
        number = "–"
    return format_html(
        '<p>{} <output id="number-example" data-office="{}" data-pattern="{}">{}</output></p><p>{}</p>',
        gettext("Printed like this:"),
        office or EXAMPLE_OFFICE,
        example_number("{office}|{number}|{year}", office="{office}", on=timezone.localdate()),
        number,
        gettext("Where no office is written, the number of an online course begins with %(prefix)s.")
        % {"prefix": settings.CERTIFICATE_NUMBER_PREFIX},
    )


SIGNER_PANELS: list[Panel] = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
    FieldRowPanel([FieldPanel("position"), FieldPanel("position_en")]),
    FieldPanel(
        "picture", help_text=_("A photograph or scan, dark ink on white. Empty: there is room to sign by hand.")
    ),
]
PANELS: list[Panel] = [
    MultiFieldPanel(
        [
            FieldPanel("name", help_text=_("For the list; it is not printed.")),
            FieldPanel("slug"),
            FieldPanel("is_archived", help_text=_("Courses and workshops that have it keep it; no form offers it.")),
        ],
        heading=_("Design"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("layout"), FieldPanel("border")]),
            FieldPanel("languages"),  # the preview beside the form leaves no room for a third
            FieldRowPanel(
                [
                    FieldPanel("logo", help_text=_("Above the issuer. Empty: the emblem of the academy.")),
                    FieldPanel("seal", help_text=_("Above the number. Empty: a rosette.")),
                ]
            ),
        ],
        heading=_("Look"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel(name), FieldPanel(f"{name}_en")])
            for name in ("issuer", "heading", "opening", "statement")
        ],
        heading=_("Texts"),
    ),
    InlinePanel("signers", panels=SIGNER_PANELS, heading=_("Signers"), label=_("Signer"), min_num=1, max_num=3),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("number_pattern"), FieldPanel("office_code")]), NumberExample()],
        heading=_("Certificate number"),
    ),
    MultiFieldPanel([FieldPanel("valid_months"), FieldPanel("criteria")], heading=_("Validity and badge")),
]
DESIGN_HANDLER = ObjectList(PANELS, base_form_class=DesignForm)
