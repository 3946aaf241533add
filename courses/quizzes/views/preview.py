"""A question as a learner sees it, and as it is shown after grading."""

from random import SystemRandom
from typing import Any

from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from courses.quizzes.kinds import kind_of, kinds
from courses.quizzes.models import Question


@method_decorator([never_cache, xframe_options_sameorigin], name="dispatch")
class PreviewQuestion(PermissionCheckedMixin, TemplateView):
    """In the skin of the site, inside a frame of the admin. What is answered here goes nowhere."""

    template_name = "quizzes/admin/preview.html"
    any_permission_required = ["add", "change", "delete", "view"]
    model = Question

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = Question.objects.select_related("figure").filter(pk=self.kwargs["pk"]).first()
        if question is None or question.kind not in kinds():
            raise Http404
        return {**super().get_context_data(**kwargs), **laid_out(question)}


def laid_out(question: Question) -> dict[str, Any]:
    """The context of a question's own template and of the template with its key."""
    kind = kind_of(question.kind)
    presentation = kind.present(question.body, SystemRandom(), shuffle=True)
    said = {
        "position": 1,
        "field": "q1",
        "content": question.content,
        "format": question.format,
        "figure": question.figure,
        "kind": question.kind,
    }
    return {
        "question": {
            **said,
            "revision": 0,
            "template": kind.template,
            "scripts": kind.scripts,
            "shown": kind.shown(question.body, presentation, None),
            "is_answered": False,
        },
        "review": {
            **said,
            "template": kind.review_template,
            "explanation": question.explanation,
            "source": question.source,
            "shown": kind.review(question.body, presentation, None),
        },
    }
