"""L'avis qu'une consultation annonce aujourd'hui,
et ce qui lui manque, dit avec la page où le corriger.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.achat.preparation import queries as preparation
from beffroi.achat.preparation.queries.questions import adresse_du_champ
from beffroi.publicite.avis.models import Avis, CoordonneesDAvis
from beffroi.publicite.avis.queries import coordonnees_par_siret
from beffroi.publicite.avis.rules import depuis_l_achat
from droit.achat import Achat, Acheteur
from droit.en_vigueur import Droit
from formats.avis import eforms, national, ouvrir, prevalider
from formats.avis.defaut import Defaut
from formats.avis.modele import Avis as Contenu
from formats.avis.modele import Identifiants, Organisation

# Un aperçu n'a pas encore d'identifiants : ceux-ci ne servent qu'à lire ce qui manque.
_ESSAI = Identifiants(
    avis=str(UUID(int=4 << 76 | 8 << 60)), dossier=str(UUID(int=4 << 76 | 9 << 60)), version="01"
)
_COORDONNEES = "coordonnees"
_REPETEES = ("adresse", "code_postal", "ville", "code_nuts", "courriel", "telephone")
_DU_TRIBUNAL = ("code_postal", "ville", "code_nuts", "courriel", "telephone")
# Les mots du champ en défaut, et la page où il se corrige ; le premier trouvé l'emporte.
_PAGES = (
    ("NUTS", _COORDONNEES),
    ("acheteur", _COORDONNEES),
    ("organisation", _COORDONNEES),
    ("tribunal", _COORDONNEES),
    ("contact", _COORDONNEES),
    ("critère", "criteres"),
    ("limite", "dates.limite"),
    ("CPV", "code_cpv"),
    ("procédure", "procedure"),
    ("durée", "execution.duree_en_mois"),
    ("accord-cadre", "execution.accord_cadre"),
    ("valeur", "valeur_estimee"),
    ("lieu", "execution.lieu"),
    ("lot", "allotissement"),
    ("intitulé", "titre"),
    ("titre", "titre"),
    ("description", "objet"),
    ("nature", "prestation"),
    ("type de marché", "prestation"),
)


@dataclass(frozen=True)
class Mention:
    """Une mention qui manque ou ne va pas :
    la phrase, et la page où elle se corrige (vide : nulle part ici).
    """

    phrase: str
    url: str


def contenu_de(
    consultation: Consultation, coordonnees: CoordonneesDAvis, *, le: datetime
) -> Contenu:
    """L'avis tiré de l'achat d'aujourd'hui et des coordonnées de l'organisme."""
    droit = Droit.au(preparation.jour_de_reference(preparation.preparation_de(consultation), le))
    achat = achat_complete(consultation, coordonnees, le=le)
    contenu = a_l_heure_d_aujourd_hui(consultation, depuis_l_achat.avis_de(achat, droit, envoi=le))
    return replace(
        contenu, recours=replace(contenu.recours, tribunal=_tribunal(contenu, coordonnees))
    )


def coordonnees_deduites(consultation: Consultation, *, le: datetime) -> dict[str, str]:
    """Ce que l'organisme a déjà dit ailleurs, et ce que les tables savent de son
    tribunal : rien n'est à redire.
    """
    contenu = contenu_de(consultation, CoordonneesDAvis(), le=le)
    acheteur, tribunal = contenu.acheteur.organisation, contenu.recours.tribunal
    return {
        **{nom: getattr(acheteur, nom) for nom in _REPETEES},
        "tribunal": tribunal.nom,
        **{f"tribunal_{nom}": getattr(tribunal, nom) for nom in _DU_TRIBUNAL},
    }


def a_l_heure_d_aujourd_hui(consultation: Consultation, contenu: Contenu) -> Contenu:
    """L'achat publié est gelé ;
    son heure limite, elle, a pu être repoussée depuis (CCP, art. R. 2151-4).
    """
    questions = contenu.remise.limite_des_questions and consultation.date_limite_questions
    remise = replace(
        contenu.remise, limite=consultation.date_limite_remise, limite_des_questions=questions
    )
    return replace(contenu, remise=remise)


def defauts_de(contenu: Contenu, xml: bytes) -> tuple[Defaut, ...]:
    """Le modèle national vaut pour tous ; l'avis européen a en plus ses propres règles."""
    europeens = prevalider(ouvrir(xml)) if xml else []
    return tuple(dict.fromkeys([*europeens, *national.prevalider(contenu)]))


def mentions_a_corriger(consultation: Consultation, contenu: Contenu, forme: str) -> list[Mention]:
    """Chaque défaut, une fois, avec sa page."""
    europeen = forme == Avis.Forme.EUROPEENNE
    xml = eforms.construire(contenu, identifiants=_ESSAI) if europeen else b""
    mentions = [_mention(consultation, defaut) for defaut in defauts_de(contenu, xml)]
    return list({mention.phrase: mention for mention in mentions}.values())


def _mention(consultation: Consultation, defaut: Defaut) -> Mention:
    page = next((page for mot, page in _PAGES if mot in defaut.champ), "")
    phrase = f"{defaut.phrase} {defaut.remede}".rstrip()
    if defaut.lieu and not defaut.lieu.startswith("LOT-"):
        phrase = phrase.replace("de l'organisation", f"de « {defaut.lieu} »")
    if page == _COORDONNEES:
        return Mention(phrase, reverse("avis:coordonnees", args=(consultation.reference,)))
    return Mention(
        phrase, adresse_du_champ(consultation, page) if consultation.etat in NON_PUBLIEES else ""
    )


def achat_complete(
    consultation: Consultation, coordonnees: CoordonneesDAvis, *, le: datetime
) -> Achat:
    """L'achat ; l'acheteur et chaque membre du groupement ont ce que leur organisme
    répète dans tous ses avis.
    """
    achat = preparation.achat_de(consultation, le=le)
    groupement = achat.groupement_de_commandes
    if groupement and groupement.organisations:
        connues = coordonnees_par_siret([membre.siret for membre in groupement.organisations])
        membres = (
            _avec(m, connues[m.siret]) if m.siret in connues else m
            for m in groupement.organisations
        )
        groupement = replace(groupement, organisations=tuple(membres))
    return replace(
        achat, acheteur=_avec(achat.acheteur, coordonnees), groupement_de_commandes=groupement
    )


def _avec(acheteur: Acheteur, coordonnees: CoordonneesDAvis) -> Acheteur:
    """Le courriel est celui de la commande publique de l'organisme : le règlement donne le même."""
    repetees = {nom: getattr(coordonnees, nom) or getattr(acheteur, nom) for nom in _REPETEES}
    return replace(acheteur, **{**repetees, "courriel": acheteur.courriel or coordonnees.courriel})


def _tribunal(contenu: Contenu, coordonnees: CoordonneesDAvis) -> Organisation:
    """Celui que l'organisme a nommé ;
    sinon celui de son département, que les tables connaissent.
    """
    trouve = contenu.recours.tribunal
    return replace(
        trouve,
        nom=coordonnees.tribunal or trouve.nom,
        identifiant=coordonnees.tribunal_siret or trouve.identifiant,
        code_postal=coordonnees.tribunal_code_postal or trouve.code_postal,
        ville=coordonnees.tribunal_ville or trouve.ville,
        code_nuts=coordonnees.tribunal_code_nuts or trouve.code_nuts,
        courriel=coordonnees.tribunal_courriel or trouve.courriel,
        telephone=coordonnees.tribunal_telephone or trouve.telephone,
    )
