from matching.models.candidates import (
    AccessLog,
    AgencyLicence,
    Candidate,
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidateSkill,
    Care,
    Job,
    StatisticsAnswers,
)
from matching.models.matches import Match, MatchEvent, Offer, State
from matching.models.routes import DangerArea, EmployerFile, LegalRoute, LicenceRecognition, SignOff
from matching.models.runs import ScoringBlock, ScoringMark, ScoringRun, ScoringWeights, VacancyReasons
from matching.models.taxonomy import Ladder, Occupation, OccupationSkill, Skill, SkillGroup
from matching.models.vacancies import Vacancy, VacancyLanguage, VacancySkill

__all__ = [
    "AccessLog",
    "AgencyLicence",
    "Candidate",
    "CandidateCertificate",
    "CandidateLanguage",
    "CandidateLicence",
    "CandidateSkill",
    "Care",
    "DangerArea",
    "EmployerFile",
    "Job",
    "Ladder",
    "LegalRoute",
    "LicenceRecognition",
    "Match",
    "MatchEvent",
    "Occupation",
    "OccupationSkill",
    "Offer",
    "ScoringBlock",
    "ScoringMark",
    "ScoringRun",
    "ScoringWeights",
    "SignOff",
    "Skill",
    "SkillGroup",
    "State",
    "StatisticsAnswers",
    "Vacancy",
    "VacancyLanguage",
    "VacancyReasons",
    "VacancySkill",
]
