"""`POST /api/v1/events/`: what a phone of ours sends once it has a network again. For our own pages only."""

import json

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from orientation.learners import Learner, learner_of
from orientation.receive import Batch, receive
from portal.accounts.device import ensure_device, remember_device
from portal.accounts.often import is_too_often
from portal.places.choice import chosen_corridor
from portal.rest import one_text
from portal.ui.origin import is_same_origin

LARGEST = 100_000  # bytes: fifty events are 20 000


@csrf_exempt
@require_POST
def send_events(request: HttpRequest) -> JsonResponse:
    """200 with a receipt for each event, in their order; a fault of the whole request keeps none of them and says why."""
    if not is_same_origin(request):
        return _fault(403, "Events are taken from Safar's own pages only.")
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        return _fault(413, f"A request may have at most {LARGEST} bytes. Send fewer events at once.")
    try:
        form = Batch(data=json.loads(request.body))
    except (ValueError, RecursionError):  # the latter: ten thousand brackets
        return _fault(400, "The body must be JSON.")
    if not form.is_valid():
        return _fault(400, one_text(form.errors))
    learner = learner_of(request)
    if not learner.is_known:
        learner = Learner(None, ensure_device(request))
    key = learner.user.uid if learner.user else learner.device
    if is_too_often(request, "send_events", str(key)):
        return _fault(429, "Too often. Try again in a minute.", **{"Retry-After": "60"})
    told, corridor = form.validated_data, chosen_corridor(request) or ""
    receipts = receive(learner, told["events"], told["sent_at"], timezone.now(), corridor)
    response = JsonResponse({"receipts": [receipt.as_json() for receipt in receipts]})
    if learner.device is not None:
        remember_device(response, learner.device)
    return response


def _fault(status: int, detail: str, **headers: str) -> JsonResponse:
    return JsonResponse({"detail": detail}, status=status, headers={"Content-Language": "en", **headers})
