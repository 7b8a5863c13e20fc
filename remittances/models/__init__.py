from remittances.models.alerts import PriceAlert
from remittances.models.plans import Goal, Plan, PlanShare, PlanStep, Saving
from remittances.models.products import PilotSignUp, Product
from remittances.models.quotes import FeeBand, Quote
from remittances.models.reference import RpwPrice
from remittances.models.services import ListingEvent, ProviderHit, TransferProvider, TransferService

__all__ = [
    "FeeBand",
    "Goal",
    "ListingEvent",
    "PilotSignUp",
    "Plan",
    "PlanShare",
    "PlanStep",
    "PriceAlert",
    "Product",
    "ProviderHit",
    "Quote",
    "RpwPrice",
    "Saving",
    "TransferProvider",
    "TransferService",
]
