from django.urls import path

from learning.people import thaid, views

app_name = "people"

urlpatterns = [
    path("account/details/", views.details, name="details"),
    # The addresses that allauth gives every OpenID Connect provider; these two are asked first.
    path("account/oidc/thaid/login/", thaid.login, name="thaid_login"),
    path("account/oidc/thaid/login/callback/", thaid.callback, name="thaid_callback"),
]
