from django.urls import path

from learning.workshops.views import feeds, messages, papers

urlpatterns = [
    path("office/workshops/<int:pk>/messages/", messages.messages, name="messages"),
    path("office/workshops/<int:pk>/messages/new/", messages.tell, name="tell"),
    path("office/workshops/<int:pk>/messages/<int:message_id>/again/", messages.again, name="message_again"),
    path("office/workshops/<int:pk>/messages/<int:message_id>/arrived/", messages.arrived, name="message_arrived"),
    path("office/workshops/<int:pk>/papers/", papers.papers, name="papers"),
    path("office/workshops/<int:pk>/papers/ask/", papers.ask, name="ask_paper"),
    path("office/workshops/<int:pk>/papers/invitation/", papers.invitation, name="invitation"),
    path("office/workshops/<int:pk>/papers/<int:paper_id>/", papers.paper, name="paper"),
    path("office/workshops/<int:pk>/papers/<int:paper_id>/file/", papers.paper_file, name="paper_file"),
    path("office/workshops/centers/<int:number>/calendar/", feeds.center_calendar, name="center_calendar"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
    path("my/calendar/", feeds.my_calendar, name="my_calendar"),
    path("my/workshops/<int:pk>/calendar.ics", feeds.seat_calendar, name="seat_calendar"),
]
