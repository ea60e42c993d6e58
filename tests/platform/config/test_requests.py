"""What the site tells browsers, and how much it lets them send."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.test import Client, RequestFactory
from django.urls import include, path
from pytest_django import Settings

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.accounts.services import create_user
from localaction.platform.config import uploads
from localaction.platform.config.middleware import SecurityHeaders

MB = 1024 * 1024
PASSWORD = "a long enough sentence"


def receive(request: HttpRequest) -> HttpResponse:
    """Say how large each file is that arrived."""
    return HttpResponse(" ".join(str(file.size) for file in request.FILES.values()))


# This module is a URLconf: the site's own, and one address more.
urlpatterns = [path("receive/", receive), path("", include(settings.ROOT_URLCONF))]
handler400 = "localaction.platform.config.errors.bad_request"


def send(size: int, **headers: object) -> HttpResponse:
    return Client().post("/receive/", {"file": SimpleUploadedFile("rows.csv", b"x" * size)}, **headers)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
class TestUploads:
    """A body above the limit is refused with a page that says so."""

    def test_a_file_up_to_the_limit_arrives(self, settings: Settings) -> None:
        settings.LOCALACTION_MAX_UPLOAD_MB = 1
        for size in (3, MB):
            assert send(size).content == str(size).encode()

    def test_a_file_above_the_limit_is_refused(self, settings: Settings) -> None:
        settings.LOCALACTION_MAX_UPLOAD_MB = 1
        for size in (MB + 1, 3 * MB):  # the first passes for its announced length, the second does not
            response = send(size)
            assert response.status_code == 413
            assert "larger than 1 MB" in response.content.decode()
            assert "Send a smaller file" in response.content.decode()

    def test_several_files_count_together(self, settings: Settings) -> None:
        settings.LOCALACTION_MAX_UPLOAD_MB = 1
        files = {str(n): SimpleUploadedFile("rows.csv", b"x" * (MB // 2)) for n in range(3)}
        assert Client().post("/receive/", files).status_code == 413


class Body(io.BytesIO):
    """A body that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def upload(body: Body, length: int) -> HttpRequest:
    """Return a request as a web server hands it over."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/receive/",
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(length),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": body,
    }
    return WSGIRequest(environ)


def test_a_body_that_announces_too_much_is_refused_before_anything_sees_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "LINGER_BYTES", 256 * 1024)
    body = Body(b"x" * (22 * MB))
    with pytest.raises(uploads.UploadTooLarge, match="larger than 20 MB"):
        uploads.UploadLimit(lambda request: HttpResponse(request.body))(upload(body, 22 * MB))
    assert body.taken <= 256 * 1024


def test_the_handler_stops_reading_at_the_limit(settings: Settings) -> None:
    settings.LOCALACTION_MAX_UPLOAD_MB = 1
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="rows.csv"\r\n\r\n'
    body = Body(head + b"y" * (20 * MB) + b"\r\n--x--\r\n")
    request = upload(body, 20 * MB)
    with pytest.raises(uploads.UploadTooLarge):
        _ = request.FILES
    assert body.taken < 2 * MB


@pytest.mark.parametrize(
    ("word", "length"), [("", 0), (None, 0), ("12", 12), ("-5", 0), ("1e9", 0), ("²", 0)]
)
def test_an_odd_content_length_counts_as_none(word: str | None, length: int) -> None:
    assert uploads.announced({"CONTENT_LENGTH": word}) == length


@pytest.mark.django_db
class TestHeaders:
    """Every response carries a strict policy."""

    def test_a_page_may_load_only_what_is_ours(self) -> None:
        response = Client().get("/account/login/", headers={"x-forwarded-proto": "https"}, secure=True)
        assert response.status_code == 200
        policy = response.headers["Content-Security-Policy"]
        for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:"):
            assert rule in policy.split("; ")
        for rule in ("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'"):
            assert rule in policy.split("; ")
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert response.cookies["csrftoken"]["secure"]

    def test_a_static_file_is_served_with_the_policy_too(self) -> None:
        response = Client().get(static("web/base.css"))
        assert response.status_code == 200
        response.close()
        assert response.headers["Content-Type"].startswith("text/css")
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    def test_a_view_may_set_a_policy_of_its_own(self) -> None:
        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse(headers={"Content-Security-Policy": "sandbox"})

        response = SecurityHeaders(view)(RequestFactory().get("/"))
        assert response.headers["Content-Security-Policy"] == "sandbox"
        assert "camera=()" in response.headers["Permissions-Policy"]


@pytest.mark.django_db
class TestSignIn:
    """Sign-in by e-mail address; no registration; attempts are limited."""

    def test_a_person_signs_in(self) -> None:
        create_user(actor=OPERATOR, email="ada@example.org", password=PASSWORD)
        client = Client()
        response = client.post("/account/login/", {"login": "Ada@Example.org", "password": PASSWORD})
        assert (response.status_code, response.headers["Location"]) == (302, "/desk/")
        assert client.session["_auth_user_id"]

    def test_nobody_registers_themselves(self) -> None:
        data = {"email": "eve@example.org", "password1": PASSWORD, "password2": PASSWORD}
        Client().post("/account/signup/", data)
        response = Client().post("/account/login/", {"login": "eve@example.org", "password": PASSWORD})
        assert response.status_code == 200

    def test_guessing_is_slowed_down_and_counted_in_the_database(self) -> None:
        create_user(actor=OPERATOR, email="ada@example.org", password=PASSWORD)
        cache.clear()
        for _attempt in range(5):
            assert "Location" not in Client().post(
                "/account/login/", {"login": "ada@example.org", "password": "x"}
            )
        response = Client().post("/account/login/", {"login": "ada@example.org", "password": PASSWORD})
        assert response.status_code != 302
        assert "Too many failed" in response.content.decode()

    def test_second_factors_are_offered(self) -> None:
        user = create_user(actor=OPERATOR, email="ada@example.org", password=PASSWORD)
        client = Client()
        client.force_login(user)
        for page in ("/account/2fa/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/"):
            assert client.get(page, follow=True).status_code == 200

    def test_the_language_is_chosen(self) -> None:
        response = Client().post("/i18n/setlang/", {"language": "ar", "next": "/"})
        assert response.cookies["django_language"].value == "ar"
