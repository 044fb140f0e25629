"""Huit mots pour dire un dépôt au téléphone. Ils aident à se comprendre et ne prouvent rien.

La liste est figée : changer ou déplacer un mot ferait mentir les récépissés déjà remis.
Chaque mot est courant, sans accent, sans homophone gênant, et se distingue des autres dès ses
quatre premières lettres.
"""

_MOTS_PAR_DEPOT = 8

MOTS: tuple[str, ...] = tuple(
    """
abeille acrobate agenda aiguille alouette alphabet amande ampoule ananas antenne ardoise artichaut
asperge atelier automne avoine bagage baignoire balcon bambou barque basilic bateau beffroi berger
bijou billet biscuit blason bocal bonbon botanique bougie boulanger boussole bouteille branche
brebis buffet cabane cactus cadran cahier caillou camion capitaine caravane cargo carnet cascade
castor cerise chalet chameau chandail charbon chaussure chemin chocolat chorale cigogne ciment
citron cloche colline colombe compas concert coquille costume couloir courgette coussin couvercle
crabe crapaud crayon crevette cristal crocodile cuisine cuivre culture dauphin dentelle dessert
diamant docteur domino dune enclume ermite escalier estuaire fabrique falaise fanfare farine
fauteuil fenouil ferme festival figue flamme fleuve flocon fontaine fortune foulard fourmi framboise
frange fromage galerie gazelle gazon girafe girouette glacier glycine gorille gouffre groseille
guitare hamac hangar haricot harpe hiver homard horizon horloge huile iguane image indigo iris
jaguar jardin journal jumelles jungle kayak kimono kiosque koala lagune lapin libellule licorne
lierre lilas lingot lunette lustre magnolia maison mammouth mandarine marbre marchand marmotte
matelas miroir moineau moulin muraille musique natation navire neige noisette nougat oasis oignon
olivier ombrelle orchestre oreiller ortie otarie paille palmier papillon paquebot parasol parfum
passage pastel peinture pendule perdrix perroquet persil piano pinceau pingouin piscine plume
poirier portail potager prairie puzzle pyramide raquette rasoir renard rideau robinet rocher
rossignol rouleau ruban ruisseau sable sandale saumon semoule sentier serpent serrure sifflet sirop
soleil sorbet spirale statue stylo sucre tableau tabouret tandem tennis terrasse tilleul toboggan
tomate toucan tournesol tracteur triangle trompette tulipe tunnel vacances vapeur velours verveine
viaduc village violon virgule vitrail yaourt zinc
""".split()
)


def huit_mots(empreinte: bytes) -> tuple[str, ...]:
    """Un mot par octet, pour les huit premiers octets de l'empreinte."""
    if len(empreinte) < _MOTS_PAR_DEPOT:
        raise ValueError("Il faut au moins huit octets pour dire huit mots.")
    return tuple(MOTS[octet] for octet in empreinte[:_MOTS_PAR_DEPOT])
