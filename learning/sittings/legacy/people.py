"""Who an old user is here: a list of old key or username and new login, as JSON or CSV."""

import csv
import io
import json

from learning.people.models import User

OLD = {"old", "pk", "id", "user", "username", "old_user"}


class BrokenMap(Exception):
    """The list cannot be read; one sentence says why."""


def read_people(content: bytes) -> dict[str, str]:
    """Old pk or username → login. JSON: an object. CSV: two columns, a line of headings is skipped."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenMap("The list of people is no UTF-8.") from None
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except (json.JSONDecodeError, RecursionError, ValueError):
            raise BrokenMap("The list of people is no whole JSON.") from None
        if any(isinstance(login, dict | list) for login in found.values()):
            raise BrokenMap('The list of people is written {"old key or username": "login"}.')
        return {str(old).strip(): str(login).strip() for old, login in found.items() if login is not None}
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if any(cell.strip() for cell in row)]
    except csv.Error:
        raise BrokenMap("The list of people is no whole CSV.") from None
    if any(len(row) < 2 for row in rows):
        raise BrokenMap("Every line of the list of people has two columns: old key or username, and login.")
    if rows and rows[0][0].strip().lower() in OLD:
        rows = rows[1:]
    return {row[0].strip(): row[1].strip() for row in rows}


def users_by_old_key(keys: set[str], people: dict[str, str], usernames: dict[str, str]) -> dict[str, User]:
    """The person for each old key that is listed under it, or under the username the dump gives it."""
    logins = {key: people.get(key) or people.get(usernames.get(key, "")) for key in keys}
    users = {user.username: user for user in User.objects.filter(username__in=filter(None, logins.values()))}
    return {key: users[login] for key, login in logins.items() if login in users}
