{% load static %}// Served at /office/workshops/check-in/, so that it may stand in front of every workshop's page.
importScripts("{% static "workshops/checkin/sw.js" %}");
