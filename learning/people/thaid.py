"""ThaID, the digital ID of the Department of Provincial Administration, over OpenID Connect.

The issuer publishes no discovery document that could be relied on, so its addresses are written
down here as its public samples give them (ETDA's sample relying party).
"""

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse

PROVIDER_ID = "thaid"


class ThaIDAdapter(OpenIDConnectOAuth2Adapter):
    """The addresses of the issuer named in the settings (THAID_ISSUER; the sandbox has another)."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, PROVIDER_ID)

    @property
    def openid_config(self) -> dict[str, Any]:
        issuer = self.get_provider().app.settings["server_url"].rstrip("/")
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/api/v2/oauth2/auth/",
            "token_endpoint": f"{issuer}/api/v2/oauth2/token/",
            "userinfo_endpoint": f"{issuer}/api/v2/oauth2/userinfo/",
            "jwks_uri": f"{issuer}/jwks/",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    return _view(OAuth2LoginView, request)


@login_not_required
def callback(request: HttpRequest) -> HttpResponse:
    return _view(OAuth2CallbackView, request)


def _view(view: Any, request: HttpRequest) -> HttpResponse:
    """404 while ThaID is not set up."""
    try:
        return view.adapter_view(ThaIDAdapter(request))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
