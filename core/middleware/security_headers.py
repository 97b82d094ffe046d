"""Security headers on every response: pages, static files, errors and the admin."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class SecurityHeaders(MiddlewareMixin):
    """What Django's SecurityMiddleware does not set. It stands outside it and WhiteNoise."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        in_admin = request.path_info.startswith("/admin/")
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers["X-Content-Type-Options"] = "nosniff"
        # The admin's forms need a referrer for Django's CSRF check; public pages give none away.
        public = settings.SECURE_REFERRER_POLICY
        response.headers["Referrer-Policy"] = "same-origin" if in_admin else public
        return response
