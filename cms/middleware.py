"""The language people chose, and the content policy of the admin."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]


class ChosenLanguageMiddleware:
    """Thai, unless a person chose otherwise by the switch in the footer.

    The language of the browser is not asked: many a phone in Thailand speaks English and its owner
    does not. The cookie is Django's own (`set_language`).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in self.known else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class AdminPolicyMiddleware:
    """Wagtail's admin has inline scripts, so it gets a policy of its own; nothing else may be loaded there either."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        directives = settings.ADMIN_CONTENT_SECURITY_POLICY
        self.policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response.headers.setdefault("Content-Security-Policy", self.policy)
        return response
