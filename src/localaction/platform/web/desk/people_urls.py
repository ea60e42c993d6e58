"""Addresses of the desk about people and offices."""

from django.urls import path

from localaction.platform.web.desk.views import offices, people

urlpatterns = [
    path("people/", people.index, name="people-index"),
    path("people/<uuid:scope_id>/", people.people, name="people"),
    path("people/<uuid:scope_id>/invite/", people.invite, name="people-invite"),
    path("people/<uuid:scope_id>/<uuid:person>/<slug:role>/", people.role, name="people-role"),
    path("invitations/<uuid:public_id>/again/", people.again, name="invitation-again"),
    path("invitations/<uuid:public_id>/take-back/", people.take_back, name="invitation-take-back"),
    path("offices/", offices.offices, name="offices"),
    path("offices/new/", offices.new_office, name="office-new"),
    path("offices/<slug:code>/", offices.office, name="office"),
]
