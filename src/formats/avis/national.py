"""L'avis national (modèle de l'annexe 22 du code de la commande publique), section par section.

Les mêmes sections servent au texte d'un journal d'annonces légales, à l'écran et au PDF.
Un journal facture au caractère : le texte est donc court, et sa longueur connue.

La valeur estimée n'y est pas :
le modèle ne l'exige pas, et la lire donnerait aux entreprises le prix attendu.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from formats import dates
from formats.avis.codes import est_connu, libelle
from formats.avis.defaut import Defaut
from formats.avis.modele import Avis, Critere, Lot, Remise
from formats.nomenclatures import cpv
from formats.typographie import typographier


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """Une mention de l'avis.

    `cle` : ce qui ne change pas d'un avis à l'autre, pour les comparer.
    """

    cle: str
    nom: str
    valeur: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    titre: str
    lignes: tuple[Ligne, ...]


def sections(avis: Avis) -> tuple[Section, ...]:
    """Les sections du modèle, sans les mentions vides."""
    toutes = (
        ("Identification de l'acheteur", _acheteur(avis)),
        ("Communication", _communication(avis)),
        ("Procédure", _procedure(avis)),
        ("Identification du marché", _marche(avis)),
        *((f"Lot n° {lot.numero}", _lot(lot)) for lot in avis.lots if avis.est_alloti),
        ("Informations complémentaires", _complements(avis)),
    )
    return tuple(
        Section(titre=typographier(titre), lignes=tuple(ligne for ligne in lignes if ligne.valeur))
        for titre, lignes in toutes
    )


def texte(avis: Avis) -> str:
    """L'avis à envoyer à un journal d'annonces légales, mention après mention."""
    paragraphes = ["AVIS DE CONCESSION" if avis.sous_type == "19" else "AVIS DE MARCHÉ"]
    for numero, section in enumerate(sections(avis), start=1):
        if section.lignes:
            paragraphes.append(
                "\n".join(
                    [
                        f"Section {numero} : {section.titre}",
                        *(f"{x.nom} : {x.valeur}" for x in section.lignes),
                    ]
                )
            )
    paragraphes.append(typographier(f"Date d'envoi du présent avis : {dates.jour(avis.envoi)}"))
    return "\n\n".join(paragraphes) + "\n"


def longueur(avis_ecrit: str) -> int:
    """Le nombre de caractères qu'un journal facture :
    lettres, signes et espaces, sans les retours à la ligne.
    """
    return sum(caractere not in "\r\n" for caractere in avis_ecrit)


def prevalider(avis: Avis) -> list[Defaut]:
    """Ce que le modèle exige et que cet avis ne dit pas (annexe 22)."""
    presentes = {ligne.cle for section in sections(avis) for ligne in section.lignes}
    manques = [
        Defaut(bt="", champ=nom, lieu="", phrase=f"Il manque {nom}.", remede=remede)
        for cle, (nom, remede) in EXIGES.items()
        if cle not in presentes
    ]
    return [*manques, *_defauts_de_nature(avis), *_defauts_de_cpv(avis), *_defauts_de_poids(avis)]


EXIGES = {
    "nom": ("le nom de l'acheteur", "Nommez l'acheteur."),
    "identifiant": ("le SIRET de l'acheteur", "Donnez son SIRET."),
    "ville": ("la ville de l'acheteur", "Donnez la ville."),
    "code_postal": ("le code postal de l'acheteur", "Donnez le code postal."),
    "profil": ("l'adresse du profil d'acheteur", "Donnez l'adresse de la consultation."),
    "reference": ("la référence de la consultation", "Donnez une référence interne."),
    "contact": ("le contact", "Donnez un service, un courriel ou un téléphone."),
    "procedure": ("le type de procédure", "Choisissez la procédure."),
    "limite": ("la date et l'heure limites", "Donnez la date et l'heure limites de réception."),
    "criteres": ("les critères d'attribution", "Donnez les critères, ou renvoyez au règlement."),
    "titre": ("l'intitulé du marché", "Donnez un titre court."),
    "cpv": ("le code CPV principal", "Choisissez le code CPV de l'achat."),
    "nature": ("le type de marché", "Choisissez : travaux, fournitures ou services."),
    "description": ("la description du marché", "Décrivez l'achat en quelques phrases."),
    "lieu": ("le lieu principal d'exécution", "Dites où le marché s'exécute."),
    "duree": ("la durée du marché", "Donnez la durée en mois."),
}


def _acheteur(avis: Avis) -> tuple[Ligne, ...]:
    organisation = avis.acheteur.organisation
    return (
        _ligne("nom", "Nom complet de l'acheteur", organisation.nom),
        _ligne("identifiant", "SIRET", organisation.identifiant),
        _ligne("ville", "Ville", organisation.ville),
        _ligne("code_postal", "Code postal", organisation.code_postal),
        _ligne("groupement", "Groupement de commandes", _groupement(avis)),
    )


def _groupement(avis: Avis) -> str:
    """Oui, et qui en est : les membres dont l'avis connaît le SIRET."""
    membres = " ; ".join(
        f"{membre.nom} (SIRET {membre.identifiant})" for membre in avis.acheteur.membres
    )
    return f"Oui, avec : {membres}" if membres else _oui(avis.acheteur.groupement_de_commandes)


def _communication(avis: Avis) -> tuple[Ligne, ...]:
    organisation = avis.acheteur.organisation
    contact = ", ".join(
        filter(None, [organisation.service, organisation.courriel, organisation.telephone])
    )
    return (
        _ligne(
            "profil", "Profil d'acheteur", avis.remise.adresse_du_dossier or avis.acheteur.profil
        ),
        _ligne("reference", "Référence de la consultation", avis.reference),
        _ligne(
            "dossier", "Tous les documents sont sur le profil", _tout_sur_le_profil(avis.remise)
        ),
        _ligne("outils", "Outils de communication non courants", _outils(avis.remise)),
        _ligne("contact", "Contact", contact),
    )


def _tout_sur_le_profil(remise: Remise) -> str:
    """Non : alors l'avis dit lesquels, pourquoi, et comment les obtenir (CCP, art. R. 2132-5)."""
    restreints = remise.documents_restreints
    if restreints is None:
        return _oui(bool(remise.adresse_du_dossier))
    absents = " ; ".join(restreints.intitules)
    return (
        f"Non. {absents}. Raison : {restreints.raison}. Pour les obtenir : "
        f"{restreints.moyen_d_acces}"
    )


def _outils(remise: Remise) -> str:
    if remise.outil is None:
        return _oui(False)
    return f"Oui. {remise.outil.nom}. Accès : {remise.outil.acces}, {remise.outil.adresse}"


def _procedure(avis: Avis) -> tuple[Ligne, ...]:
    procedure, participation, remise = avis.procedure, avis.participation, avis.remise
    limite = dates.echeance(remise.limite) if remise.limite else ""
    return (
        _ligne("procedure", "Type de procédure", procedure.nom),
        _ligne("aptitude", "Aptitude à exercer l'activité", participation.aptitude),
        _ligne(
            "economique", "Capacité économique et financière", participation.capacite_economique
        ),
        _ligne(
            "technique",
            "Capacités techniques et professionnelles",
            participation.capacite_technique,
        ),
        _ligne("achat", "Technique d'achat", technique_d_achat(avis)),
        _ligne("limite", "Date et heure limites de réception", limite),
        _ligne("electronique", "Dépôt des réponses", libelle("esubmission", remise.electronique)),
        _ligne(
            "reduction",
            "Réduction du nombre de candidats",
            _oui(procedure.candidats_maximum is not None),
        ),
        _ligne(
            "sans_negociation", "Attribution possible sans négociation", _sans_negociation(avis)
        ),
        _ligne(
            "variantes",
            "Variantes exigées",
            _oui(any(lot.variantes == "required" for lot in avis.lots)),
        ),
        _ligne(
            "criteres",
            "Critères d'attribution",
            _du_seul_lot(avis, lambda lot: criteres(lot.criteres)),
        ),
    )


def _marche(avis: Avis) -> tuple[Ligne, ...]:
    return (
        _ligne("titre", "Intitulé du marché", avis.titre),
        _ligne("cpv", "Code CPV principal", avis.code_cpv),
        _ligne("nature", "Type de marché", libelle("contract-nature", avis.nature)),
        _ligne("description", "Description", avis.description),
        _ligne("lieu", "Lieu principal d'exécution", avis.lieu),
        _ligne("duree", "Durée du marché", _du_seul_lot(avis, duree)),
        _ligne("tranches", "Tranches", _oui(avis.procedure.tranches)),
        _ligne("reservation", "Marché réservé", _reservation(avis)),
        _ligne("lots", "Marché en lots", _oui(avis.est_alloti)),
    )


def _lot(lot: Lot) -> tuple[Ligne, ...]:
    return (
        _ligne(f"lot.{lot.numero}.intitule", "Intitulé", lot.intitule),
        _ligne(f"lot.{lot.numero}.description", "Description", lot.description),
        _ligne(f"lot.{lot.numero}.cpv", "Code CPV", lot.code_cpv),
        _ligne(f"lot.{lot.numero}.lieu", "Lieu d'exécution", lot.lieu),
        _ligne(f"lot.{lot.numero}.duree", "Durée", duree(lot)),
        _ligne(f"lot.{lot.numero}.criteres", "Critères d'attribution", criteres(lot.criteres)),
    )


def _complements(avis: Avis) -> tuple[Ligne, ...]:
    tribunal = avis.recours.tribunal
    adresse = ", ".join(
        filter(
            None,
            [tribunal.nom, tribunal.adresse, f"{tribunal.code_postal} {tribunal.ville}".strip()],
        )
    )
    return (
        _ligne("visite", "Visite", avis.participation.visite),
        _ligne("recours", "Recours", adresse),
        _ligne("delais_de_recours", "Délais de recours", avis.recours.delais),
        _ligne("informations", "Autres informations", avis.informations),
    )


def criteres(liste: tuple[Critere, ...]) -> str:
    """« Prix : 50 % ; Valeur technique : 40 % », ou l'ordre d'importance."""
    if liste and all(critere.poids is None for critere in liste):
        return f"{' ; '.join(critere.nom for critere in liste)} (par ordre d'importance)"
    poids = (
        f"{c.nom} : {c.poids.normalize():f} %" if c.poids is not None else c.nom for c in liste
    )
    return " ; ".join(poids)


def duree(lot: Lot) -> str:
    """« 12 mois, 3 reconductions au plus », ou « du … au … »."""
    dite = lot.duree
    base = f"{dite.mois} mois" if dite.mois else ""
    if dite.debut and dite.fin:
        base = f"du {dite.debut:%d/%m/%Y} au {dite.fin:%d/%m/%Y}"
    if not dite.reconductions:
        return base
    pluriel = "s" if dite.reconductions > 1 else ""
    return f"{base}, {dite.reconductions} reconduction{pluriel} au plus"


def technique_d_achat(avis: Avis) -> str:
    accords = {lot.accord_cadre.mode for lot in avis.lots if lot.accord_cadre}
    return (
        " ; ".join(libelle("framework-agreement", mode) for mode in sorted(accords)) or "Sans objet"
    )


def _du_seul_lot(avis: Avis, dire: Callable[[Lot], str]) -> str:
    """Ce que dit l'unique lot ; en lots, chacun le dit dans sa section."""
    if avis.est_alloti:
        return "Voir chaque lot."
    return dire(avis.lots[0]) if avis.lots else ""


def _sans_negociation(avis: Avis) -> str:
    """Ne se dit que si l'on peut négocier."""
    return _oui(avis.procedure.attribution_sans_negociation) if avis.procedure.negociation else ""


def _reservation(avis: Avis) -> str:
    reserves = sorted({lot.reserve for lot in avis.lots} - {"none"})
    return " ; ".join(libelle("reserved-procurement", code) for code in reserves) or "Non"


def _oui(reponse: bool) -> str:
    return "Oui" if reponse else "Non"


def _ligne(cle: str, nom: str, valeur: str) -> Ligne:
    return Ligne(cle=cle, nom=typographier(nom), valeur=typographier(" ".join(valeur.split())))


def _defauts_de_nature(avis: Avis) -> Iterator[Defaut]:
    if avis.nature and not est_connu("contract-nature", avis.nature):
        phrase = f"« {avis.nature} » n'est pas une nature d'achat."
        remede = "Choisissez : travaux, fournitures ou services."
        yield Defaut(bt="", champ="le type de marché", lieu="", phrase=phrase, remede=remede)


def _defauts_de_cpv(avis: Avis) -> Iterator[Defaut]:
    for code in filter(None, [avis.code_cpv, *(lot.code_cpv for lot in avis.lots)]):
        if phrase := cpv.phrase_de_defaut(code):
            constat, _, remede = phrase.partition(". ")
            yield Defaut(bt="", champ="le code CPV", lieu="", phrase=f"{constat}.", remede=remede)


def _defauts_de_poids(avis: Avis) -> Iterator[Defaut]:
    for lot in avis.lots:
        poids = [critere.poids for critere in lot.criteres if critere.poids is not None]
        if poids and sum(poids) != 100:
            lieu = f"lot {lot.numero}" if avis.est_alloti else ""
            phrase = f"Les poids des critères font {sum(poids):f}, pas 100."
            yield Defaut(
                bt="",
                champ="les critères d'attribution",
                lieu=lieu,
                phrase=phrase,
                remede="Corrigez les poids.",
            )
