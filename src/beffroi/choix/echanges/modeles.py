"""Les lettres toutes prêtes.

Ce qui reste entre crochets sans être un champ s'écrit avant d'envoyer.
"""

from dataclasses import dataclass

from beffroi.choix.echanges.mots import Sorte

EN_TETE = "Madame, Monsieur,"
POLITESSE = "Nous vous prions d'agréer nos salutations distinguées."
OBJET = "la consultation [consultation], « [objet] »"


@dataclass(frozen=True)
class Modele:
    """Une lettre à compléter."""

    titre: str
    sorte: str
    sujet: str
    corps: str

    @property
    def texte(self) -> str:
        return f"{EN_TETE}\n\n{self.corps}\n\n{POLITESSE}\n\n[acheteur]"


MODELES = {
    "information": Modele(
        "Information à une entreprise",
        Sorte.LIBRE,
        "Consultation [consultation] : information",
        f"Nous vous écrivons au sujet de {OBJET}.\n\n[votre message]",
    ),
    "regularisation_candidature": Modele(
        "Compléter une candidature (R. 2144-2)",
        Sorte.REGULARISATION,
        "Consultation [consultation] : votre candidature est à compléter",
        f"Votre candidature à {OBJET}, récépissé [récépissé], "
        "ne contient pas :\n\n[texte propre]\n\n"
        "Nous vous demandons de nous envoyer ces éléments avant le [répondre avant] (CCP, art. R. "
        "2144-2). "
        "Le délai est le même pour toutes les entreprises interrogées. "
        "Sans eux, votre candidature pourra être écartée.",
    ),
    "regularisation_offre": Modele(
        "Régulariser une offre (R. 2152-2)",
        Sorte.REGULARISATION,
        "Consultation [consultation] : votre offre est à régulariser",
        f"Votre offre pour {OBJET}, récépissé [récépissé], "
        "est irrégulière pour cette raison :\n\n[texte propre]\n\n"
        "Vous pouvez la régulariser avant le [répondre avant] (CCP, art. R. 2152-2). "
        "La régularisation ne doit pas changer les caractéristiques substantielles de votre offre.",
    ),
    "precisions": Modele(
        "Demander des précisions",
        Sorte.PRECISIONS,
        "Consultation [consultation] : demande de précisions",
        f"Pour comprendre votre offre pour {OBJET}, "
        "nous vous demandons de préciser :\n\n[texte propre]\n\n"
        "Répondez avant le [répondre avant]. Votre réponse précise l'offre, elle ne la change pas.",
    ),
    "offre_basse": Modele(
        "Demander de justifier un prix bas (R. 2152-3)",
        Sorte.PRECISIONS,
        "Consultation [consultation] : justification de votre prix",
        f"Le prix de votre offre pour {OBJET} nous semble anormalement bas sur ces points :\n\n"
        "[texte propre]\n\n"
        "Nous vous demandons de le justifier avant le [répondre avant] (CCP, art. R. 2152-3). "
        "Vous pouvez parler du mode de fabrication, des solutions techniques, "
        "de l'originalité de l'offre, "
        "du respect du droit du travail et de l'environnement, ou d'une aide publique.",
    ),
    "negociation": Modele(
        "Inviter à négocier",
        Sorte.NEGOCIATION,
        "Consultation [consultation] : négociation",
        f"Nous ouvrons une négociation sur votre offre pour {OBJET}. "
        "Elle porte sur :\n\n[texte propre]\n\n"
        "Répondez avant le [répondre avant]. "
        "Une nouvelle offre entière se dépose à la page de dépôt, "
        "si un tour y est ouvert.",
    ),
    "rejet_candidature": Modele(
        "Rejeter une candidature (R. 2181-1)",
        Sorte.REJET,
        "Consultation [consultation] : suite donnée à votre candidature",
        f"Votre candidature à {OBJET}, récépissé [récépissé], "
        "n'est pas retenue pour cette raison :\n\n[texte propre]\n\n"
        "Vous pouvez nous demander toute précision sur cette décision (CCP, art. R. 2181-1).",
    ),
    "rejet_offre_adaptee": Modele(
        "Rejeter une offre, procédure adaptée (R. 2181-1)",
        Sorte.REJET,
        "Consultation [consultation] : suite donnée à votre offre",
        f"Votre offre pour {OBJET}, récépissé [récépissé], n'est pas retenue.\n\n[texte propre]\n\n"
        "Vous pouvez nous demander les motifs de cette décision (CCP, art. R. 2181-2).",
    ),
    "rejet_offre_formalisee": Modele(
        "Rejeter une offre, procédure formalisée (R. 2181-3)",
        Sorte.REJET,
        "Consultation [consultation] : suite donnée à votre offre",
        f"Votre offre pour {OBJET}, récépissé [récépissé], "
        "n'est pas retenue pour ces raisons :\n\n[texte propre]\n\n"
        "Le marché est attribué à [nom de l'attributaire], pour ces raisons : "
        "[motifs du choix].\n\n"
        "Il ne sera pas signé avant le [date de signature au plus tôt] (CCP, art. R. 2181-3 et R. "
        "2182-1).",
    ),
    "notification": Modele(
        "Notifier le marché",
        Sorte.NOTIFICATION,
        "Consultation [consultation] : notification du marché",
        f"Nous vous notifions le marché issu de {OBJET}. Vous le trouverez en pièce jointe, "
        "signé.\n\n[texte propre]\n\n"
        "Il prend effet à la réception de cette notification (CCP, art. R. 2182-4).",
    ),
    "sans_suite": Modele(
        "Annoncer une déclaration sans suite (R. 2185-2)",
        Sorte.SANS_SUITE,
        "Consultation [consultation] : déclaration sans suite",
        f"Nous avons déclaré sans suite {OBJET}, le [date sans suite], "
        "pour cette raison :\n\n[motif sans suite]\n\n"
        "L'acheteur peut renoncer à une procédure à tout moment (CCP, art. R. 2185-1). "
        "Il en dit les raisons aux "
        "entreprises qui y ont participé (CCP, art. R. 2185-2).",
    ),
}
