"""Ce que la loi et la prudence demandent pour ouvrir : qui, quand, quoi, dans quel ordre."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from droit.citation import Article, Jurisprudence
from droit.decision import Decision, Motif

# Quelle que soit la politique des clés : deux agents autorisés, désignés par leur nom (REQ-90).
PERSONNES_POUR_OUVRIR = 2
MOTS_VIDES = frozenset(
    {"des", "les", "une", "pour", "dans", "sur", "par", "pdf", "ods", "odt", "docx", "xlsx", "zip"}
)

SECRET_JUSQU_A_L_HEURE = Article("CCP", "R. 2132-9")
OFFRES_HORS_DELAI = Article("CCP", "R. 2151-5")
DERNIERE_OFFRE = Article("CCP", "R. 2151-6")
QUORUM_DE_LA_COMMISSION = Article("CGCT", "L. 1411-5 et L. 1414-2")
PANNE_DU_PROFIL = Jurisprudence("CE", "23 septembre 2021", "449250")


@dataclass(frozen=True)
class FaitsDePresence:
    """Une personne à la table, au moment de tourner les clés."""

    nom: str
    ouvre: bool
    appareil: str
    sans_conflit: bool
    code_confirme: bool
    cle_tournee: bool = False


@dataclass(frozen=True)
class FaitsDEnveloppe:
    """Une enveloppe proposée à l'ouverture, telle que le registre la connaît."""

    cle: int
    soumissionnaire: str
    sorte: str
    lot: int | None
    recu_le: datetime


@dataclass(frozen=True)
class Commission:
    """Une commission d'appel d'offres, telle que la présidence la constate à la table."""

    titulaires_presents: tuple[str, ...]
    titulaires_absents: tuple[str, ...] = ()
    suppleants_presents: tuple[str, ...] = ()
    consultatifs_presents: tuple[str, ...] = ()
    convoquee_le: date | None = None
    delai_en_jours_francs: int = 5
    seconde_convocation: bool = False

    @property
    def voix(self) -> int:
        """Les membres ayant voix délibérative, président compris."""
        return len(self.titulaires_presents) + len(self.titulaires_absents)

    @property
    def voix_presentes(self) -> int:
        """Un suppléant a voix quand il remplace un titulaire absent."""
        return len(self.titulaires_presents) + min(
            len(self.suppleants_presents), len(self.titulaires_absents)
        )

    @property
    def voix_a_reunir(self) -> int:
        """Plus de la moitié."""
        return self.voix // 2 + 1


def quorum(commission: Commission) -> Decision:
    """Plus de la moitié des membres ayant voix délibérative sont présents (CGCT,
    art. L. 1411-5 et L. 1414-2).

    Après une première convocation sans quorum,
    la commission se réunit valablement sans condition de quorum.
    """
    compte = f"{commission.voix_presentes} voix sur {commission.voix}"
    if commission.seconde_convocation:
        return Decision.accord(
            Motif(
                f"Seconde convocation : {compte}, aucun quorum n'est demandé.",
                QUORUM_DE_LA_COMMISSION,
            )
        )
    il_en_faut = f"il en faut {commission.voix_a_reunir}"
    if commission.voix_presentes >= commission.voix_a_reunir:
        return Decision.accord(
            Motif(f"Le quorum est atteint : {compte}, {il_en_faut}.", QUORUM_DE_LA_COMMISSION)
        )
    return Decision.refus(
        Motif(f"Le quorum n'est pas atteint : {compte}, {il_en_faut}.", QUORUM_DE_LA_COMMISSION)
    )


def convocation(commission: Commission, *, seance_du: date) -> Decision:
    """Le délai que l'acheteur s'est fixé, en jours francs :
    ni le jour de l'envoi, ni celui de la séance ne comptent.

    Aucun texte national ne fixe ce délai :
    c'est celui du règlement intérieur, que la présidence recopie.
    """
    if commission.convoquee_le is None:
        return Decision.refus(Motif("La date de convocation de la commission n'est pas indiquée."))
    francs = max((seance_du - commission.convoquee_le).days - 1, 0)
    jours = f"{francs} jour{'s' if francs > 1 else ''} franc{'s' if francs > 1 else ''}"
    if francs >= commission.delai_en_jours_francs:
        return Decision.accord(Motif(f"Commission convoquée {jours} avant la séance."))
    return Decision.refus(
        Motif(
            f"Commission convoquée {jours} avant la séance. "
            f"Votre règlement intérieur en demande {commission.delai_en_jours_francs}."
        )
    )


def peut_s_ouvrir(*, date_limite: datetime, maintenant: datetime) -> Decision:
    """Aucune réponse n'est connue avant l'heure limite (CCP, art. R. 2132-9)."""
    if maintenant > date_limite:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "L'heure limite n'est pas passée. Aucune réponse ne s'ouvre avant.",
            SECRET_JUSQU_A_L_HEURE,
        )
    )


def soumissionnaires_dits(*, en_question: int) -> Decision:
    """Deux équipes disent la même entreprise : avant d'ouvrir l'une ou l'autre, l'acheteur dit si
    c'est un seul soumissionnaire, dont la dernière offre seule s'ouvre (CCP, art. R. 2151-6).
    """
    motif = Motif(
        "Plusieurs réponses disent la même entreprise. Dites d'abord, en tête de la séance, si "
        "c'est un seul soumissionnaire.",
        Article("CCP", "R. 2151-6"),
    )
    return Decision.selon(motif if en_question else None)


def reste_a_ouvrir(*, sans_suite: bool) -> Decision:
    """La page publique dit qu'une réponse encore scellée le reste :
    une procédure sans suite n'ouvre plus rien.
    """
    if not sans_suite:
        return Decision.accord()
    return Decision.refus(
        Motif("La procédure est déclarée sans suite : les réponses encore scellées le restent.")
    )


def reste_la_derniere(*, remplacee: bool) -> Decision:
    """Seule la dernière offre reçue dans le délai s'ouvre :
    celle qui la remplace a pu s'inscrire pendant la séance.
    """
    if not remplacee:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Cette réponse est remplacée par une autre, reçue à temps : elle reste scellée.",
            DERNIERE_OFFRE,
        )
    )


def personnes_pretes(presences: Iterable[FaitsDePresence]) -> list[FaitsDePresence]:
    """Celles qui ouvrent, ont déclaré n'avoir aucun lien,
    et ont confirmé le code depuis leur appareil.
    """
    return [p for p in presences if p.ouvre and p.appareil and p.sans_conflit and p.code_confirme]


def deux_personnes_confirment(presences: Sequence[FaitsDePresence]) -> Decision:
    """Deux personnes nommées, chacune sur son appareil, ouvrent ensemble (CCP, art. R. 2132-9)."""
    pretes = personnes_pretes(presences)
    manque = PERSONNES_POUR_OUVRIR - len(pretes)
    return Decision.selon(
        Motif(
            f"Il manque {manque} personne{'s' if manque > 1 else ''} pour ouvrir. Il en faut deux, "
            "qui ont "
            "déclaré n'avoir aucun lien et confirmé le code.",
            SECRET_JUSQU_A_L_HEURE,
        )
        if manque > 0
        else None,
        Motif("Deux personnes se servent du même appareil. Chacune utilise le sien.")
        if manque <= 0 and len({p.appareil for p in pretes}) < PERSONNES_POUR_OUVRIR
        else None,
    )


def deux_personnes_a_la_table(presences: Iterable[FaitsDePresence]) -> Decision:
    """Les plis scellés ne sortent que devant deux personnes nommées,
    chacune sur son appareil (CCP, art. R. 2132-9).
    """
    appareils = {p.appareil for p in presences if p.ouvre and p.appareil and p.sans_conflit}
    if len(appareils) >= PERSONNES_POUR_OUVRIR:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Il faut deux personnes à la table, chacune sur son appareil, "
            "qui ont déclaré n'avoir aucun lien. "
            "Attendez que l'autre personne rejoigne la séance.",
            SECRET_JUSQU_A_L_HEURE,
        )
    )


def assez_de_cles(presences: Sequence[FaitsDePresence], *, seuil: int) -> Decision:
    """La politique des clés dit combien de personnes tournent la leur."""
    tournees = sum(p.cle_tournee for p in presences)
    if tournees >= seuil:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Il faut {seuil} clé{'s' if seuil > 1 else ''} tournée{'s' if seuil > 1 else ''}, "
            f"il y en a {tournees or 'aucune'}."
        )
    )


def peut_declarer(*, date_limite: datetime, maintenant: datetime) -> Decision:
    """On déclare n'avoir aucun lien avec des entreprises qu'on connaît,
    donc après l'heure limite.
    """
    return peut_s_ouvrir(date_limite=date_limite, maintenant=maintenant)


def ordre_d_ouverture(enveloppes: Iterable[FaitsDEnveloppe]) -> list[FaitsDEnveloppe]:
    """Les soumissionnaires dans l'ordre de leur arrivée ;
    pour chacun, la candidature, puis les offres par lot.
    """
    rangees = sorted(enveloppes, key=lambda e: (e.recu_le, e.cle))
    arrivee: dict[str, int] = {}
    for rang, enveloppe in enumerate(rangees):
        arrivee.setdefault(enveloppe.soumissionnaire, rang)
    return sorted(
        rangees, key=lambda e: (arrivee[e.soumissionnaire], e.sorte, e.lot or 0, e.recu_le, e.cle)
    )


def decision_hors_delai(*, decision: str, motif: str) -> Decision:
    """L'acheteur décide d'une réponse hors délai,
    et dit pourquoi (CCP, art. R. 2143-2 et R. 2151-5).
    """
    return Decision.selon(
        Motif("Choisissez : admettre la réponse, ou la laisser scellée.") if not decision else None,
        Motif("Dites pourquoi : la raison est inscrite au procès-verbal.", OFFRES_HORS_DELAI)
        if not motif.strip()
        else None,
    )


def ouverture_complementaire(*, justification: str, retires: int, choisis: int) -> Decision:
    """Une réponse remplacée ne s'ouvre que par un acte motivé ;
    une réponse retirée ne s'ouvre jamais.
    """
    return Decision.selon(
        Motif("Dites pourquoi cette réponse doit être ouverte.", DERNIERE_OFFRE)
        if not justification.strip()
        else None,
        Motif("Choisissez au moins une réponse à ouvrir.") if not choisis else None,
        Motif("Une réponse retirée reste scellée : elle n'est proposée à aucune séance.")
        if retires
        else None,
    )


def peut_s_ouvrir_sans_les_manquants(*, non_rendue: bool, motif: str) -> Decision:
    """On n'ouvre sans un fichier que si le stockage vient de ne pas le rendre,
    et l'on dit pourquoi on n'attend pas.
    """
    return Decision.selon(
        None
        if non_rendue
        else Motif("Rien ne manque à cette enveloppe : ouvrez-la comme les autres."),
        None
        if motif.strip()
        else Motif("Dites pourquoi vous n'attendez pas : la raison va au procès-verbal."),
    )


def peut_se_clore(*, scellees: int, hors_delai_sans_decision: int) -> Decision:
    """Une séance se clôt quand chaque enveloppe a été ouverte et chaque retard décidé."""
    return Decision.selon(
        Motif(f"Il reste {scellees} enveloppe{'s' if scellees > 1 else ''} à ouvrir.")
        if scellees
        else None,
        Motif(
            f"Il reste {hors_delai_sans_decision} "
            f"réponse{'s' if hors_delai_sans_decision > 1 else ''} hors délai "
            "sans décision.",
            OFFRES_HORS_DELAI,
        )
        if hors_delai_sans_decision
        else None,
    )


def mots_cles(nom: str) -> tuple[str, ...]:
    """Les mots d'un nom, sans accents ni mots vides :
    « Acte d'engagement.pdf » → acte, engagement.
    """
    sans_accents = unicodedata.normalize("NFKD", nom.casefold()).encode("ascii", "ignore").decode()
    return tuple(
        mot.rstrip("s") for mot in re.findall(r"[a-z]{3,}", sans_accents) if mot not in MOTS_VIDES
    )


def pieces_nommees(*, pieces: Sequence[str], fichiers: Sequence[str]) -> frozenset[str]:
    """Les pièces que le nom d'un fichier désigne :
    tous leurs mots, ou leur premier s'il n'est qu'à elles.

    Un indice pour la lecture, jamais une décision : c'est l'acheteur qui lit.
    """
    noms = [set(mots_cles(fichier)) for fichier in fichiers]
    premiers = [mots[0] for piece in pieces if (mots := mots_cles(piece))]
    return frozenset(
        piece
        for piece in pieces
        if (mots := mots_cles(piece))
        if any(
            set(mots) <= nom or (premiers.count(mots[0]) == 1 and mots[0] in nom) for nom in noms
        )
    )
