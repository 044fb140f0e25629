"""Ce qui écarte une offre sans la classer, dit à l'entreprise en une phrase ;
l'analyse n'en garde que le mot.
"""

# Le mot de l'analyse (`LigneDOffre.elimination`), et ce qu'en lit l'entreprise, sans article :
# une concession a les siens.
PHRASES = {
    "candidature": "candidature écartée",
    "tour": "pas d'offre au dernier tour de la négociation",
    "irreguliere": (
        "offre irrégulière, incomplète ou contraire aux documents de la consultation ou à la loi"
    ),
    "inacceptable": "offre inacceptable, plus chère que les crédits prévus avant la consultation",
    "inappropriee": "offre inappropriée, sans rapport avec le besoin décrit",
    "anormalement_basse": (
        "offre anormalement basse, que les explications demandées n'ont pas justifiée"
    ),
    "retiree": "offre qui ne peut plus être retenue",
}


def dire(elimination: str) -> str:
    """Vide si elle est classée.

    Un mot sans phrase est une faute d'ici, pas une lettre à envoyer.
    """
    return PHRASES[elimination] if elimination else ""
