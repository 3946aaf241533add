"""What django-allauth asks of us: phones on the user, new names the Thai way."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.models import AbstractBaseUser

from learning.people.models import User
from learning.people.phones import ThaiPhoneField, local
from learning.people.thaid import PROVIDER_ID, ThaIDAdapter

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Phone numbers live on the user row; an SMS gateway is a deployment matter."""

    def phone_form_field(self, **kwargs: Any) -> ThaiPhoneField:
        return ThaiPhoneField(**kwargs)

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        phone = getattr(user, "phone", None)
        return (phone, user.phone_verified) if phone else None  # type: ignore[attr-defined]

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        user.phone, user.phone_verified = phone or None, verified  # type: ignore[attr-defined]
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> AbstractBaseUser | None:
        return User.objects.filter(phone=phone).first()

    def send_verification_code_sms(self, user: AbstractBaseUser, phone: str, code: str, **kwargs: Any) -> None:
        """Without a gateway nothing is sent; PHONE_VERIFICATION stays off until one is set up."""
        logger.warning("No SMS gateway is set up: the code for %s was not sent.", local(phone)[:3] + "…")

    def send_account_already_exists_sms(self, phone: str) -> None:
        logger.info("A sign-up named a phone that has an account already.")

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        logger.info("A sign-in named a phone that has no account.")


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """LINE and ThaID fill in the name; the person confirms it in the sign-up form."""

    def get_provider(self, request: Any, provider: Any, client_id: str | None = None) -> Any:
        """ThaID's addresses are written down, not discovered; see `thaid`."""
        found = super().get_provider(request, provider, client_id=client_id)
        if found.app and found.app.provider_id == PROVIDER_ID:
            found.get_oauth2_adapter = ThaIDAdapter
        return found

    def populate_user(self, request: Any, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, data)
        told = sociallogin.account.extra_data
        extra = told.get("userinfo") or told.get("id_token") or told
        user.title = str(extra.get("title") or "")[:40]
        user.first_name = str(extra.get("given_name") or user.first_name or extra.get("displayName") or "")[:100]
        user.last_name = str(extra.get("family_name") or user.last_name or "")[:100]
        return user
