"""L'avis d'attribution national, en texte :
pour le profil, le BOAMP ou un journal, quand l'Europe n'est pas saisie.

Source : CCP, art. R. 2183-1 à R. 2183-4. Il dit à qui, combien et pourquoi non ;
jamais les prix des autres entreprises.
"""

from datetime import date, datetime

from formats import dates
from formats.avis.attribution import AvisDAttribution, ResultatDuLot
from formats.avis.codes import libelle
from formats.avis.modele import Lot, Organisation
from formats.avis.national import Ligne, Section, criteres
from formats.typographie import typographier


def sections(attribution: AvisDAttribution) -> tuple[Section, ...]:
    """Les sections de l'avis, sans les mentions vides."""
    lots = attribution.avis.lots
    toutes = (
        ("Identification de l'acheteur", _acheteur(attribution)),
        ("Identification du marché", _marche(attribution)),
        *((_titre(lot, seul=len(lots) == 1), _attribution(attribution, lot)) for lot in lots),
        ("Informations complémentaires", _complements(attribution)),
    )
    return tuple(
        Section(titre=typographier(titre), lignes=tuple(ligne for ligne in lignes if ligne.valeur))
        for titre, lignes in toutes
    )


def texte(attribution: AvisDAttribution) -> str:
    """L'avis entier, mention après mention, avec sa date d'envoi."""
    concession = attribution.avis.sous_type == "32"
    paragraphes = [
        "AVIS D'ATTRIBUTION DE CONCESSION" if concession else "AVIS D'ATTRIBUTION DE MARCHÉ"
    ]
    for numero, section in enumerate(sections(attribution), start=1):
        mentions = [f"{ligne.nom} : {ligne.valeur}" for ligne in section.lignes]
        paragraphes.append("\n".join([f"Section {numero} : {section.titre}", *mentions]))
    paragraphes.append(
        typographier(f"Date d'envoi du présent avis : {dates.jour(attribution.avis.envoi)}")
    )
    return "\n\n".join(paragraphes) + "\n"


def _titre(lot: Lot, *, seul: bool) -> str:
    return "Attribution" if seul else f"Attribution du lot n° {lot.numero}"


def _acheteur(attribution: AvisDAttribution) -> tuple[Ligne, ...]:
    organisation = attribution.avis.acheteur.organisation
    return (
        _ligne("nom", "Nom complet de l'acheteur", organisation.nom),
        _ligne("identifiant", "SIRET", organisation.identifiant),
        _ligne("ville", "Ville", f"{organisation.code_postal} {organisation.ville}".strip()),
        _ligne("profil", "Profil d'acheteur", attribution.avis.acheteur.profil),
    )


def _marche(attribution: AvisDAttribution) -> tuple[Ligne, ...]:
    avis = attribution.avis
    return (
        _ligne("titre", "Intitulé", avis.titre),
        _ligne("reference", "Référence de la consultation", avis.reference),
        _ligne("avis", "Avis de marché", attribution.avis_de_marche),
        _ligne("cpv", "Code CPV principal", avis.code_cpv),
        _ligne("nature", "Type de marché", libelle("contract-nature", avis.nature)),
        _ligne("procedure", "Type de procédure", avis.procedure.nom),
        _ligne("description", "Description", avis.description),
        _ligne("lieu", "Lieu principal d'exécution", avis.lieu),
    )


def _attribution(attribution: AvisDAttribution, lot: Lot) -> tuple[Ligne, ...]:
    cle = f"lot.{lot.numero}"
    resultat = attribution.resultat_de(lot.numero)
    intitule = _ligne(f"{cle}.intitule", "Intitulé", lot.intitule)
    notes = _ligne(f"{cle}.criteres", "Critères d'attribution", criteres(lot.criteres))
    if resultat is None:
        return (intitule, notes)
    recues = str(resultat.offres.recues) if resultat.offres else "0"
    return (
        intitule,
        notes,
        _ligne(f"{cle}.offres", "Offres reçues", recues),
        *_issue(resultat, cle),
    )


def _issue(resultat: ResultatDuLot, cle: str) -> tuple[Ligne, ...]:
    offre, contrat = resultat.offre, resultat.contrat
    if offre is None:
        return (
            _ligne(
                f"{cle}.motif", "Non attribué", libelle("non-award-justification", resultat.motif)
            ),
        )
    maximum = resultat.maximum_de_l_accord_cadre_ht
    montants = [
        f"{_euros(o.montant_ht)} hors taxes" for o in resultat.retenues if o.montant_ht is not None
    ]
    titulaires = [t.organisation for o in resultat.retenues for t in o.titulaires]
    signe = _jour(contrat.signe_le) if contrat and contrat.signe_le else ""
    return (
        _ligne(
            f"{cle}.titulaire",
            "Titulaire",
            " ; ".join(_nomme(organisation) for organisation in titulaires),
        ),
        _ligne(f"{cle}.montant", "Montant", " ; ".join(montants)),
        _ligne(
            f"{cle}.maximum",
            "Maximum",
            f"{_euros(maximum)} hors taxes" if maximum is not None else "",
        ),
        _ligne(f"{cle}.contrat", "Numéro du contrat", contrat.numero if contrat else ""),
        _ligne(f"{cle}.signe_le", "Date de conclusion", signe),
        _ligne(f"{cle}.sous_traitance", "Sous-traitance", "Oui" if offre.sous_traitance else "Non"),
    )


def _jour(quand: date) -> str:
    return dates.jour(datetime(quand.year, quand.month, quand.day, tzinfo=dates.PARIS))


def _nomme(organisation: Organisation) -> str:
    ville = f"{organisation.code_postal} {organisation.ville}".strip()
    return ", ".join(filter(None, [organisation.nom, ville]))


def _euros(montant: object) -> str:
    entiers, _, centimes = f"{montant:,.2f}".replace(",", " ").partition(".")
    return f"{entiers} €" if centimes == "00" else f"{entiers},{centimes} €"


def _complements(attribution: AvisDAttribution) -> tuple[Ligne, ...]:
    tribunal = attribution.avis.recours.tribunal
    adresse = ", ".join(
        filter(None, [tribunal.nom, f"{tribunal.code_postal} {tribunal.ville}".strip()])
    )
    return (
        _ligne("recours", "Recours", adresse),
        _ligne("delais_de_recours", "Délais de recours", attribution.avis.recours.delais),
        _ligne("informations", "Autres informations", attribution.avis.informations),
    )


def _ligne(cle: str, nom: str, valeur: str) -> Ligne:
    return Ligne(cle=cle, nom=typographier(nom), valeur=typographier(" ".join(valeur.split())))
