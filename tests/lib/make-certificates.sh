#!/bin/sh
# make-certificates.sh FOLDER: a certificate authority (ca.pem), another one (other-ca.pem), and
# certificates of the first for "localhost" and 127.0.0.1: good.pem, expired.pem, future.pem, and
# stranger.pem for another name; all with the key server.key.
set -eu
cd "$1"
exec 2>openssl.log

authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" \
        -days 3650 -subj "/CN=Kabinet test authority $1" -addext keyUsage=critical,keyCertSign
}

# certificate NAME FROM TO ALTERNATIVE-NAMES
certificate() {
    printf 'subjectAltName=%s\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n' "$4" >extensions
    openssl ca -batch -config ca.conf -in server.csr -out "$1.pem" -notext -startdate "$2" -enddate "$3" \
        -extfile extensions
}

authority ca
authority other-ca
cat >ca.conf <<'TEXT'
[ca]
default_ca = test
[test]
database = index.txt
new_certs_dir = .
serial = serial
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = anything
unique_subject = no
[anything]
commonName = supplied
TEXT
: >index.txt
echo 1000 >serial
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr -subj /CN=localhost
here=DNS:localhost,IP:127.0.0.1
certificate good 20200101000000Z 20400101000000Z $here
certificate expired 20200101000000Z 20200201000000Z $here
certificate future 20390101000000Z 20400101000000Z $here
certificate stranger 20200101000000Z 20400101000000Z DNS:other.example
