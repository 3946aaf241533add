"""What people change about themselves."""

from django.db import transaction

from learning.people.models import User


@transaction.atomic
def change_details(user: User, *, title: str, first_name: str, last_name: str, phone: str | None, by: User) -> User:
    """Change name and phone. Certificates already issued keep the name they were printed with."""
    if phone != user.phone:
        user.phone_verified = False
    user.title, user.first_name, user.last_name, user.phone = title, first_name, last_name, phone
    user.save(update_fields=["title", "first_name", "last_name", "phone", "phone_verified"])
    return user
