"""Les sortes de pièces que les acheteurs demandent, et ce qu'il faut savoir de leur durée."""

from django.db import models


class Sorte(models.TextChoices):
    VIGILANCE = "vigilance", "Attestation de vigilance (URSSAF)"
    FISCALE = "fiscale", "Attestation de régularité fiscale"
    KBIS = "kbis", "Extrait Kbis"
    DECENNALE = "decennale", "Attestation d'assurance décennale"
    ASSURANCE = "assurance", "Attestation d'assurance de responsabilité civile"
    QUALIFICATION = "qualification", "Certificat de qualification"
    DC1 = "dc1", "Lettre de candidature (DC1)"
    DC2 = "dc2", "Déclaration du candidat (DC2)"
    POUVOIR = "pouvoir", "Pouvoir de signature"
    REFERENCES = "references", "Références"
    MOYENS = "moyens", "Moyens humains et matériels"
    RIB = "rib", "Relevé d'identité bancaire"
    AUTRE = "autre", "Autre pièce"


# La valeur de la loi, quand il y en a une : l'âge au-delà duquel l'acheteur ne peut plus accepter la pièce.
AGES: dict[str, str] = {Sorte.VIGILANCE: "candidature.attestation_de_vigilance.age"}

SUR_LE_DOCUMENT = "La période garantie est écrite sur l'attestation : recopiez son dernier jour."
SANS_TEXTE = "Nous n'avons lu aucun texte qui fixe sa durée. Suivez ce que l'acheteur demande."
CONSEILS: dict[str, str] = {
    Sorte.FISCALE: f"Elle dit où vous en êtes le jour où elle est délivrée. {SANS_TEXTE}",
    Sorte.KBIS: f"{SANS_TEXTE} Pour prouver que vous n'êtes pas exclu, votre SIREN suffit depuis 2021.",
    Sorte.DECENNALE: SUR_LE_DOCUMENT,
    Sorte.ASSURANCE: SUR_LE_DOCUMENT,
    Sorte.QUALIFICATION: "La fin de validité est écrite sur le certificat.",
    Sorte.DC1: "Elle nomme une consultation : relisez-la avant chaque réponse.",
    Sorte.DC2: "Vos chiffres d'affaires changent chaque année : mettez-la à jour après la clôture des comptes.",
    Sorte.POUVOIR: "Mettez la fin du pouvoir, s'il en a une.",
    Sorte.RIB: "Peu d'acheteurs le demandent avant d'avoir choisi.",
}
