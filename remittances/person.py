"""What money tools keep of a person: in their export, and gone when they ask us to forget them."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal import hooks
from portal.accounts.export import moment
from portal.accounts.models import User
from remittances.models import PilotSignUp, Plan, PlanShare, PriceAlert


def export_money(user: User) -> dict[str, list[dict[str, object]]]:
    """In words that the person can read. On hooks.export_person."""
    plans = Plan.objects.filter(user=user).select_related("share").prefetch_related("goals__savings", "goals__steps")
    goals = [(plan, goal) for plan in plans for goal in plan.goals.all()]
    joined = PlanShare.objects.going_on().filter(member=user)
    return {
        _("My money plan"): [
            {
                _("Currency"): plan.currency,
                _("Pay a month"): plan.pay,
                _("My family sees my pay"): plan.shows_pay,
                _("Remind me once a month."): plan.is_nudged,
                _("One person sees the goals that you share."): moment(plan.share.joined_at) if hasattr(plan, "share") else None,
                _("Day"): moment(plan.created_at),
            }
            for plan in plans
        ],
        _("Your goals"): [
            {
                _("Goal"): f"{goal.title} ({goal.get_kind_display()})",
                _("Day"): moment(goal.created_at),
                _("Sum"): goal.target,
                _("Currency"): plan.currency,
                _("Until which day"): goal.by,
                _("More pay a month"): goal.monthly_gain,
                _("My family sees it"): goal.is_shared,
                _("Put aside so far"): [f"{saving.saved_on} {saving.amount}" for saving in goal.savings.all()],
                _("Steps"): [
                    " ".join(filter(None, (step.text, str(step.due_on or ""), moment(step.done_at)))) for step in goal.steps.all()
                ],
            }
            for plan, goal in goals
        ],
        _("The plan of my family"): [{_("Day"): moment(share.joined_at)} for share in joined],
        _("Prices you asked to be told of"): [
            {
                _("From → to"): f"{alert.sends_from_id} → {alert.sends_to_id}",
                _("Below, per cent"): alert.below,
                _("Day"): moment(alert.created_at),
            }
            for alert in PriceAlert.objects.filter(user=user)
        ],
        _("Products you wanted to try"): [
            {
                _("Product"): sign_up.product.title,
                _("Your answer"): sign_up.get_answer_display() if sign_up.answer else None,
                _("Day"): moment(sign_up.signed_up_at),
            }
            for sign_up in PilotSignUp.objects.filter(user=user).select_related("product")
        ],
    }


@hooks.erases("remittances.Plan", "remittances.PlanShare", "remittances.PriceAlert", "remittances.PilotSignUp")
def erase_money(user: User, now: datetime) -> None:
    """Answers about trials stay, of nobody. On hooks.erase_person."""
    Plan.objects.filter(user=user).delete()
    PlanShare.objects.filter(member=user).delete()
    PriceAlert.objects.filter(user=user).delete()
    PilotSignUp.objects.filter(user=user, answer="").delete()
    PilotSignUp.objects.filter(user=user).update(user=None)
